/** Camel's door: the component, its endpoints and what turns exchanges into requests and answers into exchanges. */
@NullMarked
package io.github.camelclova;

import org.jspecify.annotations.NullMarked;
