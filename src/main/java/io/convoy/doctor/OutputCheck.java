package io.convoy.doctor;

import io.convoy.doctor.ClockCheck.Interval;
import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.util.Optional;

/** The output folder: writes a small file, lists, reads and deletes it. */
final class OutputCheck {
  /** Where a step fails. */
  static final String REMEDY =
      "check --out: the folder must be writable by this user on every machine (hdfs://, s3a:// or a"
          + " mounted folder; credentials in spark.hadoop.* settings)";

  private static final String NOT_SHARED =
      "give --out a folder that all machines share: hdfs://, s3a://, or a mounted one";

  private Optional<Written> written = Optional.empty();

  /**
   * When the file was written.
   *
   * @param here by this machine's clock
   * @param modified by the file system's clock, milliseconds since 1970
   */
  record Written(Interval here, long modified) {}

  /** Empty where nothing was written. */
  Optional<Written> written() {
    return written;
  }

  /**
   * Tries a folder, which is not made where it is not there.
   *
   * @param marker the name of the driver's {@link ProbeFile} in it; empty where there is none
   */
  CheckResult run(Storage folder, String marker) {
    String step = "list";
    try (ProbeFile file = new ProbeFile(folder)) {
      if (!folder.exists()) {
        return marker.isEmpty()
            ? CheckResult.failed(folder + " cannot be made", REMEDY)
            : CheckResult.failed(folder + " is not there, though the driver made it", NOT_SHARED);
      }
      if (!marker.isEmpty() && !isShared(folder, marker)) {
        return CheckResult.failed(folder + " is not the driver's folder", NOT_SHARED);
      }
      step = "write";
      long before = System.currentTimeMillis();
      file.write();
      long after = System.currentTimeMillis();
      step = "list";
      if (!file.isListed()) {
        return CheckResult.failed(folder + " does not list what was written", REMEDY);
      }
      written = Optional.of(new Written(new Interval(before, after), file.modified()));
      step = "read";
      if (!ProbeFile.isReadable(folder, file.name())) {
        return CheckResult.failed(folder + " gives back other bytes than were written", REMEDY);
      }
      step = "delete";
      file.delete();
      return CheckResult.ok(
          "wrote, listed, read, deleted a file by " + folder.path().toUri().getScheme());
    } catch (IOException | RuntimeException e) {
      return CheckResult.failed("cannot " + step + " in " + folder + ": " + reason(e), REMEDY);
    }
  }

  private static boolean isShared(Storage folder, String marker) throws IOException {
    return folder.child(marker).exists() && ProbeFile.isReadable(folder, marker);
  }

  /** A mistake that the user can mend names the folder already. */
  private static String reason(Exception e) {
    return e instanceof UserException
        ? e.getMessage().replaceFirst("^\\S+: ", "")
        : CheckResult.reason(e);
  }
}
