package io.convoy.storage;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;

/** A folder on the local disk for what a measurement needs, until it is done. */
public final class TemporaryFolder {
  private TemporaryFolder() {}

  /** Makes one whose name begins so. */
  public static Path make(String name) {
    try {
      return Files.createTempDirectory(name);
    } catch (IOException e) {
      throw new UserException(
          "No folder can be made in %s, the temporary folder (%s); set TMPDIR to one that can be"
              + " written.",
          System.getProperty("java.io.tmpdir"), e.getClass().getSimpleName());
    }
  }

  /** Deletes it with all that it holds. */
  public static void delete(Path folder) {
    try {
      FileUtils.deleteDirectory(folder.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": " + e.getMessage(), e);
    }
  }
}
