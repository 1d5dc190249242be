/** What calls amount to: counters, meters, the last failures, and whether the service can be used. */
@NullMarked
package io.github.camelclova.observation;

import org.jspecify.annotations.NullMarked;
