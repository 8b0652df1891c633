package io.convoy.storage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A process that has locked a folder.
 *
 * @param id of this lock alone
 * @param host name of its machine
 * @param process its number there
 * @param processStarted when the process started, ISO 8601, UTC, as numbers are given again; empty
 *     where the system does not tell
 * @param since when it took the lock, ISO 8601, UTC, for people
 */
record LockOwner(String id, String host, long process, String processStarted, String since) {

  static LockOwner here() {
    ProcessHandle self = ProcessHandle.current();
    return new LockOwner(
        UUID.randomUUID().toString(),
        hostName(),
        self.pid(),
        started(Optional.of(self)),
        Instant.now().toString());
  }

  boolean isAliveHere() {
    return isHere() && lives();
  }

  boolean isDeadHere() {
    return isHere() && !lives();
  }

  private boolean isHere() {
    return host.equals(hostName());
  }

  private boolean lives() {
    Optional<ProcessHandle> found = ProcessHandle.of(process).filter(ProcessHandle::isAlive);
    return found.isPresent() && started(found).equals(processStarted);
  }

  private static String started(Optional<ProcessHandle> process) {
    return process.flatMap(p -> p.info().startInstant()).map(Instant::toString).orElse("");
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
