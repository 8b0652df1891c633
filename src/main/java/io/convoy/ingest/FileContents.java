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

/** Reads the files of a folder as they were listed. Travels to the tasks. */
public final class FileContents implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String folder;
  private final SerializableConfiguration configuration;

  /** Does not serialise: each task opens its own, once for all files. */
  private transient Storage opened;

  /**
   * @param folder the folder's qualified path
   * @param configuration Hadoop's
   */
  public FileContents(String folder, SerializableConfiguration configuration) {
    this.folder = folder;
    this.configuration = configuration;
  }

  /** Where a file is, by its path below the folder or its whole address. */
  public Storage place(String path) {
    if (opened == null) {
      opened = Storage.at(folder, configuration.value());
    }
    return opened.file(path);
  }

  /**
   * Reads a file.
   *
   * @throws RejectedFileException if it is gone, has another length than was listed, or permission
   *     is denied: nothing that another attempt mends
   * @throws UncheckedIOException if the file system fails
   */
  public byte[] read(PhotoFile file) throws RejectedFileException {
    Storage place = place(file.path());
    try (InputStream in = place.fileSystem().open(place.path())) {
      byte[] bytes = in.readNBytes(Math.toIntExact(file.bytes()));
      if (bytes.length < file.bytes() || in.read() != -1) {
        throw rejected(file, "changed after it was listed");
      }
      return bytes;
    } catch (FileNotFoundException e) {
      // A local disk says so too where permission is denied.
      throw rejected(file, place.exists() ? "permission denied" : "deleted after it was listed");
    } catch (AccessControlException e) {
      throw rejected(file, "permission denied");
    } catch (EOFException e) {
      // S3 and HDFS, where a file is shorter than it was when it was opened.
      throw rejected(file, "changed after it was listed");
    } catch (IOException e) {
      throw new UncheckedIOException(place + ": " + e.getMessage(), e);
    }
  }

  private static RejectedFileException rejected(PhotoFile file, String reason) {
    return new RejectedFileException(reason, file.bytes() + " bytes when listed");
  }
}
