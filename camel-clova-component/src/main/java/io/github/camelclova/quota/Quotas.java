package io.github.camelclova.quota;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The quotas that are in use, each for as long as an endpoint has joined it. Thread-safe. */
public final class Quotas {

    private static final Quotas OF_THIS_JVM = new Quotas(System::nanoTime);

    private record Key(Account account, String model) {}

    private final LongSupplier clock;
    private final Map<Key, Quota> quotas = new HashMap<>();

    /** @param clock nanoseconds that never go back, from any origin */
    public Quotas(LongSupplier clock) {
        this.clock = clock;
    }

    /** Those that all Camel contexts of this JVM share. */
    public static Quotas ofThisJvm() {
        return OF_THIS_JVM;
    }

    /** How much is used of what a key may ask of a model; {@link Load#NONE} where no endpoint that is started asks it. */
    public Load load(Account account, String model) {
        Quota quota;
        synchronized (this) {
            quota = quotas.get(new Key(account, model));
        }
        return quota == null ? Load.NONE : quota.load();
    }

    /** How many are in use. */
    public synchronized int size() {
        return quotas.size();
    }

    synchronized Quota join(
            Account account, String model, Object member, QuotaLimits limits, @Nullable Conflicts conflicts) {
        Quota quota = quotas.computeIfAbsent(new Key(account, model), key -> new Quota(clock));
        QuotaLimits before = quota.join(member, limits);
        if (conflicts != null) {
            QuotaLimits.options()
                    .forEach(option -> compare(option, model, limits.get(option), before.get(option), conflicts));
        }
        return quota;
    }

    Quota unshared() {
        return new Quota(clock);
    }

    private static void compare(
            String option, String model, @Nullable Integer mine, @Nullable Integer others, Conflicts conflicts) {
        if (mine != null && others != null && !mine.equals(others)) {
            conflicts.differ(option, model, mine, others);
        }
    }

    synchronized void part(Account account, String model, Object member) {
        Key key = new Key(account, model);
        Quota quota = quotas.get(key);
        if (quota != null && quota.part(member)) {
            quotas.remove(key);
        }
    }

    /** Told where endpoints that share a quota do not agree on a limit; the lower one counts for all. */
    @FunctionalInterface
    public interface Conflicts {

        void differ(String option, String model, int mine, int others);
    }
}
