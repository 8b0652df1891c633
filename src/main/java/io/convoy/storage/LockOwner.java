package io.convoy.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * A process that has locked a folder.
 *
 * @param id of this lock alone
 * @param host name of its machine
 * @param namespace in which its number is that of no other: Linux's number of the machine's start,
 *     and of the container's processes, as machines and containers may have one name; empty where
 *     the system does not tell, and null in locks of an earlier convoy
 * @param process its number there
 * @param processStarted when the process started, ISO 8601, UTC, as numbers are given again; empty
 *     where the system does not tell
 * @param ticks the same in Linux's ticks since the machine's start, which no clock that is set
 *     changes; empty where the system does not tell, and null in locks of an earlier convoy
 * @param since when it took the lock, ISO 8601, UTC, for people
 */
record LockOwner(
    String id,
    String host,
    String namespace,
    long process,
    String processStarted,
    String ticks,
    String since) {
  private static final Path PROCESSES = Path.of("/proc");

  /** Of the numbers behind a process's name in its file, the one of its start. */
  private static final int START = 19;

  static LockOwner here() {
    ProcessHandle self = ProcessHandle.current();
    return new LockOwner(
        UUID.randomUUID().toString(),
        hostName(),
        namespaceHere(),
        self.pid(),
        started(self),
        ticks(self),
        Instant.now().toString());
  }

  boolean isAliveHere() {
    return isHere() && lives();
  }

  boolean isDeadHere() {
    return isHere() && !lives();
  }

  private boolean isHere() {
    return host.equals(hostName()) && (namespace == null || namespace.equals(namespaceHere()));
  }

  private boolean lives() {
    return ProcessHandle.of(process)
        .filter(ProcessHandle::isAlive)
        .filter(
            found ->
                ticks == null || ticks.isEmpty()
                    ? started(found).equals(processStarted)
                    : ticks(found).equals(ticks))
        .isPresent();
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private static String ticks(ProcessHandle process) {
    try {
      String file =
          Files.readString(PROCESSES.resolve(Long.toString(process.pid())).resolve("stat"));
      // The name, in parentheses, may have blanks and parentheses in it.
      return file.substring(file.lastIndexOf(')') + 2).split(" ")[START];
    } catch (IOException noLinux) {
      return "";
    }
  }

  private static String namespaceHere() {
    try {
      return Files.readString(PROCESSES.resolve("sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(PROCESSES.resolve("self/ns/pid"));
    } catch (IOException noLinux) {
      return "";
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // The name has no address; Java tells the name.
      return String.valueOf(e.getMessage()).split(":")[0];
    }
  }

  /** For people. */
  @Override
  public String toString() {
    return "process %d on %s, since %s".formatted(process, host, since);
  }
}
