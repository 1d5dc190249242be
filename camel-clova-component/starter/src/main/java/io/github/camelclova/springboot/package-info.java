/** Spring Boot's side of the component. */
@NullMarked
package io.github.camelclova.springboot;

import org.jspecify.annotations.NullMarked;
