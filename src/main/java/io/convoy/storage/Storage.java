package io.convoy.storage;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * A place on a Hadoop file system: a folder or a file, always through the file system of its own
 * path, never through the default one.
 *
 * <p>{@link IOException}s of single operations become {@link UncheckedIOException}s; what a user
 * can mend (no such file system, no such folder) is a {@link UserException}.
 */
public final class Storage {
  /** File systems on which a rename is a copy, and a file appears whole when it is closed. */
  private static final Set<String> OBJECT_STORES =
      Set.of("s3a", "s3", "s3n", "gs", "abfs", "abfss", "wasb", "wasbs", "oss", "cosn");

  private final FileSystem fileSystem;
  private final Path path;

  private Storage(FileSystem fileSystem, Path path) {
    this.fileSystem = fileSystem;
    this.path = path;
  }

  /**
   * Opens a place.
   *
   * @param location a path or URI, such as {@code /data/photos} or {@code s3a://lab/photos}; a
   *     place without a scheme is on the default file system of the configuration
   * @param configuration Hadoop's configuration
   */
  public static Storage at(String location, Configuration configuration) {
    if (location.isBlank()) {
      throw new UserException("An empty path was given: name a folder, such as /data/photos.");
    }
    try {
      Path path = new Path(location);
      FileSystem fileSystem = path.getFileSystem(configuration);
      // Hadoop's hidden .crc files on a local disk would forbid reading what an editor has changed.
      fileSystem.setWriteChecksum(!(fileSystem instanceof LocalFileSystem));
      fileSystem.setVerifyChecksum(!(fileSystem instanceof LocalFileSystem));
      return new Storage(fileSystem, fileSystem.makeQualified(path));
    } catch (UnsupportedFileSystemException e) {
      throw noFileSystem(location, e);
    } catch (IOException e) {
      throw new UserException("%s cannot be reached: %s.", location, firstLine(e));
    } catch (RuntimeException e) {
      // Hadoop wraps checked exceptions, without a type of its own.
      if (e.getCause() instanceof ClassNotFoundException missing) {
        throw noFileSystem(location, missing);
      }
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw new UserException(
            "%s cannot be reached: unknown host %s.", location, unknown.getMessage());
      }
      if (e instanceof IllegalArgumentException) {
        throw new UserException("%s is not a path: %s.", location, firstLine(e));
      }
      throw e;
    }
  }

  private static UserException noFileSystem(String location, Exception e) {
    return new UserException(
        "%s: no file system for this scheme is on the class path (%s). For s3a add hadoop-aws to Spark.",
        location, firstLine(e));
  }

  /** The place of this name below this one. */
  public Storage child(String name) {
    // The short constructor would take what stands before a colon for a scheme.
    return new Storage(fileSystem, new Path(path, new Path(null, null, name)));
  }

  /** The folder that holds this one, or this one where it is the root. */
  public Storage parent() {
    return path.getParent() == null ? this : new Storage(fileSystem, path.getParent());
  }

  /** The qualified path. */
  public Path path() {
    return path;
  }

  /** The file system that holds the place. */
  public FileSystem fileSystem() {
    return fileSystem;
  }

  /** Whether there is a file or folder here. */
  public boolean exists() {
    return io(() -> fileSystem.exists(path));
  }

  /** Whether this is a folder with anything in it, or a file. */
  public boolean isOccupied() {
    return exists() && io(() -> fileSystem.listStatus(path).length > 0);
  }

  /** Deletes what is here, with all that it holds; nothing happens where nothing is. */
  public void delete() {
    io(() -> fileSystem.delete(path, true));
  }

  /** Makes this folder and its parents. */
  public void makeFolder() {
    try {
      if (!fileSystem.mkdirs(path)) {
        throw new IOException("permission denied, or a file is in the way");
      }
    } catch (IOException e) {
      throw new UserException("%s cannot be made: %s.", path, firstLine(e));
    }
  }

  /** Opens the file for reading. */
  public InputStream open() {
    return io(() -> fileSystem.open(path));
  }

  /** The bytes of this file. */
  public byte[] read() {
    return io(
        () -> {
          try (InputStream in = fileSystem.open(path)) {
            return in.readAllBytes();
          }
        });
  }

  /** The length of this file in bytes. */
  public long length() {
    return io(() -> fileSystem.getFileStatus(path).getLen());
  }

  /** Writes to a stream. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; the caller closes the stream. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes the file such that a reader sees the old content or the whole new one. Object stores
   * show a file when it is closed; elsewhere it is written aside and renamed. If the content fails
   * the old file stays, and nothing else does.
   */
  public void write(Content content) {
    io(
        () -> {
          if (OBJECT_STORES.contains(fileSystem.getScheme())) {
            writeHere(content);
          } else {
            writeAside(content);
          }
          return null;
        });
  }

  private void writeHere(Content content) throws IOException {
    try (FSDataOutputStream out = fileSystem.create(path, true)) {
      try {
        content.writeTo(out);
      } catch (IOException | RuntimeException | Error e) {
        // Closing would make half a file appear.
        if (out.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
          out.abort();
        }
        throw e;
      }
    }
  }

  private void writeAside(Content content) throws IOException {
    Path aside = aside();
    try {
      try (OutputStream out = fileSystem.create(aside, true)) {
        content.writeTo(out);
      }
      replace(aside);
    } finally {
      fileSystem.delete(aside, false);
    }
  }

  /** A hidden name that no other writer takes, not even a second attempt at the same task. */
  private Path aside() {
    return parent().child("." + path.getName() + "." + UUID.randomUUID() + ".tmp").path;
  }

  /** A local disk replaces a file in one step; HDFS wants the old one deleted before. */
  private void replace(Path source) throws IOException {
    boolean isFolder = fileSystem.exists(path) && fileSystem.getFileStatus(path).isDirectory();
    if (!isFolder && fileSystem.rename(source, path)) {
      return;
    }
    fileSystem.delete(path, true);
    if (!fileSystem.rename(source, path)) {
      throw new IOException("cannot rename " + source + " to " + path);
    }
  }

  @FunctionalInterface
  private interface Operation<T> {
    T run() throws IOException;
  }

  private <T> T io(Operation<T> operation) {
    try {
      return operation.run();
    } catch (org.apache.hadoop.security.AccessControlException e) {
      throw new UserException("%s: permission denied: %s.", path, firstLine(e));
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": " + e.getMessage(), e);
    }
  }

  private static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(e.getClass().getSimpleName());
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
