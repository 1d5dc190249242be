package io.github.camelclova.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** A body that is known from the start. */
final class FixedPieces implements Pieces {

    private final byte[] body;
    private final int sent;
    private final Cuts cuts;
    private final Ending ending;
    private int position;

    FixedPieces(byte[] body, Cuts cuts, Ending ending) {
        this.body = body;
        this.sent = cuts.sent(body.length);
        this.cuts = cuts;
        this.ending = ending;
    }

    @Override
    public @Nullable ByteBuf next() {
        if (isExhausted()) {
            return null;
        }
        int from = position;
        position = cuts.pieceEnd(from, sent);
        return Unpooled.wrappedBuffer(body, from, position - from);
    }

    @Override
    public boolean isExhausted() {
        return position >= sent;
    }

    @Override
    public boolean finishesFraming() {
        return ending.finishesFraming(cuts.truncates());
    }

    @Override
    public Ending ending() {
        return ending;
    }
}
