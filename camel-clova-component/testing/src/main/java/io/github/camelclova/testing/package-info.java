/** A stand-in for CLOVA Studio and OpenAI-compatible services, for tests and demonstrations. */
@NullMarked
package io.github.camelclova.testing;

import org.jspecify.annotations.NullMarked;
