/** What is said: messages, requests, completions, the AI filter's verdicts and the ways a call fails. Only {@code java.*}. */
@NullMarked
package io.github.camelclova.chat;

import org.jspecify.annotations.NullMarked;
