package io.convoy.ingest;

import io.convoy.storage.Storage;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads the files of a folder as they were listed.
 *
 * @param folder the folder's qualified path
 * @param configuration Hadoop's
 */
public record FileContents(String folder, SerializableConfiguration configuration)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A file that cannot be read any more, or may not be; the message says why. */
  public static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }

  /**
   * Reads a file.
   *
   * @throws UnreadableException if it is gone, has another length than was listed, or permission is
   *     denied: nothing that another attempt mends
   * @throws UncheckedIOException if the file system fails
   */
  public byte[] read(ListedFile file) throws UnreadableException {
    Storage place = Storage.at(folder, configuration.value()).child(file.path());
    try (InputStream in = place.fileSystem().open(place.path())) {
      byte[] bytes = in.readNBytes(Math.toIntExact(file.bytes()));
      if (bytes.length < file.bytes() || in.read() != -1) {
        throw new UnreadableException("changed after it was listed");
      }
      return bytes;
    } catch (FileNotFoundException e) {
      // A local disk says so too where permission is denied.
      throw new UnreadableException(
          place.exists() ? "permission denied" : "deleted after it was listed");
    } catch (AccessControlException e) {
      throw new UnreadableException("permission denied");
    } catch (EOFException e) {
      // S3 and HDFS, where a file is shorter than it was when it was opened.
      throw new UnreadableException("changed after it was listed");
    } catch (IOException e) {
      throw new UncheckedIOException(place + ": " + e.getMessage(), e);
    }
  }
}
