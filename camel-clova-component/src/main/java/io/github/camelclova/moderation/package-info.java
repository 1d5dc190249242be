/** What a verdict means: policies over the AI filter's verdicts. No wire format, no Camel. */
@NullMarked
package io.github.camelclova.moderation;

import org.jspecify.annotations.NullMarked;
