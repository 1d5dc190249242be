package io.github.camelclova.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Reads the tables of a page of the guide, for tests of what they say. */
final class Tables {

    private Tables() {}

    /** The rows of the first table below a heading, without its head, each with its cells as they are written. */
    static List<List<String>> below(String page, String heading) {
        Path file = Path.of(System.getProperty("basedir"), "../docs/guide", page + ".md");
        try {
            return Files.readAllLines(file, UTF_8).stream()
                    .dropWhile(line -> !line.equals("## " + heading))
                    .dropWhile(line -> !line.startsWith("|"))
                    .takeWhile(line -> line.startsWith("|"))
                    .skip(2)
                    .map(Tables::cells)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.substring(1, row.lastIndexOf('|')).split("\\|", -1))
                .map(String::strip)
                .toList();
    }

    /** What stands between the first two back quotes of a cell. */
    static String code(String cell) {
        return cell.split("`", -1)[1];
    }
}
