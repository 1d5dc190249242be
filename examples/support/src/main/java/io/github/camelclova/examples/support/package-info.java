/** What the examples share: the command line, the service that they ask, and a console that a test can read. */
@NullMarked
package io.github.camelclova.examples.support;

import org.jspecify.annotations.NullMarked;
