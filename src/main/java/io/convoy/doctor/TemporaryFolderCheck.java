package io.convoy.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary folder: there, writable, with room. */
final class TemporaryFolderCheck {
  /** Spark spills and keeps blocks here, and the natives are unpacked. */
  static final long LEAST_FREE = 1L << 30;

  private static final String REMEDY =
      "set spark.local.dir (on YARN yarn.nodemanager.local-dirs, on a standalone worker"
          + " SPARK_LOCAL_DIRS) and -Djava.io.tmpdir to folders that can be written, with "
          + CheckResult.gibibytes(LEAST_FREE)
          + " or more free";

  private TemporaryFolderCheck() {}

  /**
   * Writes a small file and deletes it.
   *
   * @param leastFree bytes that must be free
   */
  static CheckResult of(Path folder, long leastFree) {
    if (!Files.isDirectory(folder)) {
      return CheckResult.failed(folder + " is no folder", REMEDY);
    }
    try {
      Path probe = Files.createTempFile(folder, ".convoy-doctor-", ".tmp");
      try {
        Files.write(probe, new byte[] {1});
        // Where the mount may not execute, no file there can.
        if (!probe.toFile().setExecutable(true) || !probe.toFile().canExecute()) {
          return CheckResult.failed(
              folder + " is mounted noexec, and natives are unpacked there",
              "set TMPDIR, or -Djava.io.tmpdir, to a folder whose files may be executed");
        }
      } finally {
        Files.delete(probe);
      }
      long free = Files.getFileStore(folder).getUsableSpace();
      String found = CheckResult.gibibytes(free) + " free in " + folder;
      return free >= leastFree ? CheckResult.ok(found) : CheckResult.failed(found, REMEDY);
    } catch (IOException e) {
      return CheckResult.failed(folder + " cannot be written: " + CheckResult.reason(e), REMEDY);
    }
  }
}
