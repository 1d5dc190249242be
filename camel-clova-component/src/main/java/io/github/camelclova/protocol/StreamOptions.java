package io.github.camelclova.protocol;

import io.github.camelclova.chat.TokenUnit;

/**
 * How a stream is to be handed on.
 *
 * @param emitThinking whether reasoning is handed on, too
 * @param askForUsage whether the OpenAI dialect asks for a usage chunk
 */
public record StreamOptions(TokenUnit unit, boolean emitThinking, boolean askForUsage) {}
