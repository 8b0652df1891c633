package io.convoy.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What a piece of work takes of this machine.
 *
 * @param seconds on the clock
 * @param cpuSeconds of all threads of this process and of those that it has started
 * @param megabytes (millions) that went from one socket of this machine to another; NaN where the
 *     kernel does not tell
 */
record Usage(double seconds, double cpuSeconds, double megabytes) {
  private static final double NANO = 1e-9;
  private static final double MEGA = 1e6;

  /** Linux's counters of network interfaces (proc(5)): the first number is of bytes received. */
  private static final Path INTERFACES = Path.of("/proc/net/dev");

  private static final String LOOPBACK = "lo:";

  /** Does the work so many times, and tells what one takes. */
  static Usage of(Runnable work, int times) {
    Usage before = untilNow();
    for (int i = 0; i < times; i++) {
      work.run();
    }
    return untilNow().less(before, times);
  }

  /** The difference, divided. */
  Usage less(Usage other, int divisor) {
    return new Usage(
        (seconds - other.seconds) / divisor,
        (cpuSeconds - other.cpuSeconds) / divisor,
        (megabytes - other.megabytes) / divisor);
  }

  private static Usage untilNow() {
    ProcessHandle here = ProcessHandle.current();
    double cpu =
        Stream.concat(Stream.of(here), here.descendants())
            .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
            .mapToDouble(spent -> spent.toNanos() * NANO)
            .sum();
    return new Usage(System.nanoTime() * NANO, cpu, loopbackBytes() / MEGA);
  }

  private static double loopbackBytes() {
    if (!Files.isReadable(INTERFACES)) {
      return Double.NaN;
    }
    try (Stream<String> lines = Files.lines(INTERFACES)) {
      return lines
          .map(String::strip)
          .filter(line -> line.startsWith(LOOPBACK))
          .map(line -> line.substring(LOOPBACK.length()).strip().split(" ", 2)[0])
          .mapToDouble(Double::parseDouble)
          .findFirst()
          .orElse(Double.NaN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
