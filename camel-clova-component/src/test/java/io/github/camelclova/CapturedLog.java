package io.github.camelclova;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Everything that anybody logs, at every level, until it is closed. The console stays quiet meanwhile. */
final class CapturedLog implements AutoCloseable {

    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    record Line(Level level, String logger, String text) {}

    CapturedLog() {
        AbstractAppender memory = new AbstractAppender("memory", null, null, true, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                lines.add(new Line(event.getLevel(), event.getLoggerName(), text(event)));
            }
        };
        memory.start();
        Configuration configuration = context.getConfiguration();
        // Whoever is kept quiet in the other tests speaks here.
        List.copyOf(configuration.getLoggers().keySet()).stream()
                .filter(name -> !name.isEmpty())
                .forEach(configuration::removeLogger);
        LoggerConfig root = configuration.getRootLogger();
        root.removeAppender("console");
        root.addAppender(memory, Level.ALL, null);
        root.setLevel(Level.ALL);
        context.updateLoggers();
    }

    private static String text(LogEvent event) {
        StringBuilder text = new StringBuilder(event.getMessage().getFormattedMessage());
        for (Throwable each = event.getThrown(); each != null; each = each.getCause()) {
            text.append('\n').append(each);
        }
        return text.toString();
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    List<Line> linesWith(String words) {
        return lines.stream().filter(line -> line.text().contains(words)).toList();
    }

    @Override
    public void close() {
        context.reconfigure();
    }
}
