package io.github.camelclova;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionResult;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.util.ExceptionResult;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.verifier.Verifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that meet, in one order of their steps after the other: which of them goes on is chosen, not left to chance, and an
 * order that breaks an assertion, or in which somebody waits for ever, is printed. Assertions are JUnit's in such classes: the
 * library stumbles over those of AssertJ.
 */
public final class Race {

    private static final int ORDERS = Integer.getInteger("races.orders", 400);
    private static final int SCENARIOS = 10;

    /** A reader of bytes does not hang because it reads so many. */
    private static final int LONGEST_LOOP = 1000;

    /** The library's own ten seconds are not enough on a busy machine for an order that changes many classes. */
    private static final long PATIENCE_MILLIS = 120_000;

    private static final Executor THREADS = work -> new Thread(work).start();
    private static final Logger LOG = LoggerFactory.getLogger(Race.class);

    private Race() {}

    /**
     * Runs each operation of a class once, on a thread of its own. What is true in the end is asserted by its {@code Validate}
     * method.
     */
    public static void between(Class<?> parties) {
        between(parties, 1);
    }

    /**
     * The same in fewer orders.
     *
     * @param part of the orders; less than 1 for parties with very many steps
     */
    public static void between(Class<?> parties, double part) {
        List<Method> operations = Arrays.stream(parties.getMethods())
                .filter(method -> method.isAnnotationPresent(Operation.class))
                .toList();
        initialize(parties, operations);
        options()
                .threads(operations.size())
                .actorsPerThread(1)
                .actorsBefore(0)
                .actorsAfter(0)
                .iterations(1)
                .invocationsPerIteration((int) Math.ceil(ORDERS * part))
                .minimizeFailedScenario(false)
                .verifier(NothingThrown.class)
                .check(parties);
    }

    /** Once by chance: a thread that is held while it initializes a class would hold up the others. */
    private static void initialize(Class<?> parties, List<Method> operations) {
        LOG.debug("{}", "%s: %d threads".formatted(parties.getSimpleName(), operations.size()));
        try {
            Object instance = parties.getConstructor().newInstance();
            CompletableFuture<?>[] threads = operations.stream()
                    .map(operation -> CompletableFuture.runAsync(() -> run(operation, instance), THREADS))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(threads).get(10, TimeUnit.SECONDS);
        } catch (ReflectiveOperationException | InterruptedException | ExecutionException | TimeoutException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void run(Method operation, Object instance) {
        try {
            operation.invoke(instance);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /**
     * Calls operations from two threads, and there must be an order in which one thread could have called them with the same
     * outcome.
     *
     * @param specification has the same methods and knows nothing of threads
     */
    public static void asIfOneAfterTheOther(Class<?> operations, Class<?> specification) {
        options()
                .threads(2)
                .actorsPerThread(3)
                .iterations(SCENARIOS)
                .invocationsPerIteration(Math.max(1, ORDERS / SCENARIOS))
                .sequentialSpecification(specification)
                .check(operations);
    }

    private static ModelCheckingOptions options() {
        return new ModelCheckingOptions()
                .loopBound(LONGEST_LOOP)
                .invocationTimeout$lincheck(PATIENCE_MILLIS)
                .addGuarantee(forClasses(Race::meetsNobody).allMethods().ignore());
    }

    /** Reading JSON and writing messages has many steps, and none that another thread could see. */
    private static boolean meetsNobody(String className) {
        return className.startsWith("com.fasterxml.jackson.")
                || className.startsWith("java.util.stream.")
                || className.equals("java.util.Formatter")
                || className.equals("java.lang.String");
    }

    /** The outcome is for the parties themselves to validate. */
    public static final class NothingThrown implements Verifier {

        public NothingThrown(Class<?> parties) {}

        @Override
        public boolean verifyResults(ExecutionScenario scenario, ExecutionResult outcome) {
            return outcome.getParallelResultsWithClock().stream()
                    .flatMap(List::stream)
                    .noneMatch(each -> each.getResult() instanceof ExceptionResult);
        }
    }
}
