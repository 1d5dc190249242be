package io.github.camelclova.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a piece of work took, or the state before it. Counts the whole process: collector and compiler, too.
 *
 * @param cpuNanos of the process, in the steps of the system's clock (10 ms on Linux)
 * @param threadNanos of the Java threads alone
 * @param bytes allocated by threads that still live
 */
record Sample(long cpuNanos, long threadNanos, long bytes, long wallNanos) {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Sample now() {
        long[] threads = THREADS.getAllThreadIds();
        return new Sample(
                SYSTEM.getProcessCpuTime(),
                sum(THREADS.getThreadCpuTime(threads)),
                sum(THREADS.getThreadAllocatedBytes(threads)),
                System.nanoTime());
    }

    static Sample of(Runnable work) {
        Sample before = now();
        work.run();
        Sample after = now();
        return new Sample(
                after.cpuNanos - before.cpuNanos,
                after.threadNanos - before.threadNanos,
                after.bytes - before.bytes,
                after.wallNanos - before.wallNanos);
    }

    private static long sum(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum += Math.max(0, value);
        }
        return sum;
    }
}
