/** Who spells what: the dialects, their codecs, and the client that joins a codec with the transport. */
@NullMarked
package io.github.camelclova.protocol;

import org.jspecify.annotations.NullMarked;
