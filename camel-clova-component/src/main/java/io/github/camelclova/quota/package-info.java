/** How much may be asked, and when: the limits that calls with one key to one model share. No wire format, no Camel. */
@NullMarked
package io.github.camelclova.quota;

import org.jspecify.annotations.NullMarked;
