package io.github.camelclova.protocol;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The values that a dialect takes for an option. */
sealed interface Range {

    boolean contains(Object value);

    /** For error messages and the reference, such as {@code 0 < value <= 1}. */
    String describe();

    static Range anything() {
        return new Anything();
    }

    static Range between(double least, double most) {
        return new Numbers(least, true, most);
    }

    static Range above(double bound, double most) {
        return new Numbers(bound, false, most);
    }

    static Range atLeast(double least) {
        return new Numbers(least, true, Double.POSITIVE_INFINITY);
    }

    static Range oneOf(String... words) {
        return new Words(Set.of(words));
    }

    static Range atMostEntries(int most) {
        return new Entries(most);
    }

    record Anything() implements Range {
        @Override
        public boolean contains(Object value) {
            return true;
        }

        @Override
        public String describe() {
            return "any value";
        }
    }

    record Numbers(double least, boolean inclusive, double most) implements Range {
        @Override
        public boolean contains(Object value) {
            double number = ((Number) value).doubleValue();
            return (inclusive ? number >= least : number > least) && number <= most;
        }

        @Override
        public String describe() {
            String lower = plain(least) + (inclusive ? " <= " : " < ") + "value";
            return most == Double.POSITIVE_INFINITY ? lower : lower + " <= " + plain(most);
        }

        private static String plain(double number) {
            return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
        }
    }

    record Words(Set<String> words) implements Range {
        @Override
        public boolean contains(Object value) {
            return words.contains(value);
        }

        @Override
        public String describe() {
            return "one of " + String.join(", ", new TreeSet<>(words));
        }
    }

    record Entries(int most) implements Range {
        @Override
        public boolean contains(Object value) {
            return ((List<?>) value).size() <= most;
        }

        @Override
        public String describe() {
            return "at most " + most + " entries";
        }
    }
}
