/** How bytes travel: calls, replies, open streams. Knows nothing of JSON or chat. */
@NullMarked
package io.github.camelclova.transport;

import org.jspecify.annotations.NullMarked;
