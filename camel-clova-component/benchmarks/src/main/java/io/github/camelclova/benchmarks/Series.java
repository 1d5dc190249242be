package io.github.camelclova.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Interleaved rounds of the same work on several sides. Says medians, and ratios as the median of each round's ratio. */
final class Series {

    private final List<Side> sides;
    private final Map<Side, List<Sample>> samples = new EnumMap<>(Side.class);

    private Series(List<Side> sides) {
        this.sides = sides;
        sides.forEach(side -> samples.put(side, new ArrayList<>()));
    }

    static Series run(List<Side> sides, int warmUp, int rounds, Function<Side, Runnable> work) {
        Series series = new Series(sides);
        for (int round = -warmUp; round < rounds; round++) {
            for (Side side : sides) {
                Sample sample = Sample.of(work.apply(side));
                if (round >= 0) {
                    series.of(side).add(sample);
                }
            }
        }
        return series;
    }

    private List<Sample> of(Side side) {
        return samples.getOrDefault(side, List.of());
    }

    double median(Side side, ToDoubleFunction<Sample> value) {
        return median(of(side).stream().mapToDouble(value).toArray());
    }

    double ratio(Side side, Side floor, ToDoubleFunction<Sample> value) {
        double[] ratios = new double[of(side).size()];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = value.applyAsDouble(of(side).get(round))
                    / value.applyAsDouble(of(floor).get(round));
        }
        return median(ratios);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** A table of cost per unit of work. */
    String table(String unit, int units, Side floor) {
        Table table = new Table(
                "side",
                "CPU µs a " + unit,
                "x " + floor,
                "Java threads alone µs",
                "x " + floor,
                "bytes a " + unit,
                "wall µs");
        for (Side side : sides) {
            table.row(
                    side,
                    "%.2f".formatted(median(side, Sample::cpuNanos) / 1000 / units),
                    "%.2f".formatted(ratio(side, floor, Sample::cpuNanos)),
                    "%.2f".formatted(median(side, Sample::threadNanos) / 1000 / units),
                    "%.2f".formatted(ratio(side, floor, Sample::threadNanos)),
                    "%.0f".formatted(median(side, Sample::bytes) / units),
                    "%.2f".formatted(median(side, Sample::wallNanos) / 1000 / units));
        }
        return table.toString();
    }
}
