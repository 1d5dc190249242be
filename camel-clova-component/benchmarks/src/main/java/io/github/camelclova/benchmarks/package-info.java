/**
 * Load programs: each figure stands beside a floor that was measured in the same run. The service is a process of its own.
 */
@NullMarked
package io.github.camelclova.benchmarks;

import org.jspecify.annotations.NullMarked;
