package io.convoy.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server from {@code src/test/servers}, which prints {@code ready} and its address, and ends when
 * its stdin does: so also when these tests are killed.
 */
final class ServerProcess implements AutoCloseable {
  private static final String READY = "ready ";
  private static final int MOST_SECONDS = 120;

  private final Process process;
  private final Path log;
  private final String address;

  private ServerProcess(Process process, Path log) throws IOException, InterruptedException {
    this.process = process;
    this.log = log;
    this.address = awaitAddress();
  }

  /**
   * Starts the server and waits until it is ready.
   *
   * @param source file name of its Java source
   * @param classPath of Java, wildcards as well
   * @param environment variables beside those of these tests
   * @param log a new file for all that it prints
   */
  static ServerProcess start(
      String source,
      String classPath,
      Map<String, String> environment,
      Path log,
      String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@conf/java17.options",
                "-Xmx512m",
                "-Djava.net.preferIPv4Stack=true",
                "-Dlog4j2.configurationFile=src/test/servers/log4j2.properties",
                "-cp",
                classPath,
                "src/test/servers/" + source));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start(), log);
  }

  private String awaitAddress() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    Optional<String> ready = Optional.empty();
    while (ready.isEmpty()) {
      boolean ended = process.waitFor(100, TimeUnit.MILLISECONDS);
      ready = Files.readString(log).lines().filter(line -> line.startsWith(READY)).findFirst();
      if (ready.isEmpty() && (ended || System.nanoTime() > deadline)) {
        process.destroyForcibly();
        throw new AssertionError("The server did not start: " + Files.readString(log));
      }
    }
    return ready.get().substring(READY.length());
  }

  /** What the server printed as its address. */
  String address() {
    return address;
  }

  /** Ends it, by force where it does not end by itself. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("The server did not stop: " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw interrupted(e);
    }
  }

  /** What {@code close} may throw: that of {@link AutoCloseable} should not be interrupted. */
  static InterruptedIOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException thrown = new InterruptedIOException(cause.getMessage());
    thrown.initCause(cause);
    return thrown;
  }
}
