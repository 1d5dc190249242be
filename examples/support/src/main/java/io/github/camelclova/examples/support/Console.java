package io.github.camelclova.examples.support;

import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** For the tests of the examples: reads along what an example tells its user. Any thread may ask. */
public final class Console extends AbstractAppender implements AutoCloseable {

    /** What was told at once, and when. */
    public record Line(String text, long atMillis) {}

    private final List<Line> lines = new ArrayList<>();
    private final Logger logger;

    private Console(String logger) {
        super("console of the test", null, null, true, Property.EMPTY_ARRAY);
        this.logger = (Logger) LogManager.getLogger(logger);
    }

    /** Reads the lines. */
    public static Console open() {
        return open("example");
    }

    /** Reads the pieces that are shown without a line's end. */
    public static Console ofPieces() {
        return open("example.pieces");
    }

    private static Console open(String logger) {
        Console console = new Console(logger);
        console.start();
        console.logger.addAppender(console);
        return console;
    }

    @Override
    public void close() {
        logger.removeAppender(this);
        stop();
    }

    @Override
    public synchronized void append(LogEvent event) {
        lines.add(new Line(event.getMessage().getFormattedMessage(), event.getTimeMillis()));
    }

    public synchronized List<Line> timed() {
        return List.copyOf(lines);
    }

    public List<String> all() {
        return timed().stream().map(Line::text).toList();
    }

    public String first() {
        return all().get(0);
    }

    public String last() {
        List<String> all = all();
        return all.get(all.size() - 1);
    }
}
