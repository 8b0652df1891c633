package io.convoy.storage;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A place on a Hadoop file system: a folder or a file, always through the file system of its own
 * path, never through the default one.
 *
 * <p>{@link IOException}s of single operations become {@link UncheckedIOException}s; what a user
 * can mend (no such file system, no such folder) is a {@link UserException}.
 */
public final class Storage {
  private static final int MOST_SMALL = 16 << 20;

  /** A path from a root, or one with a scheme, which is longer than the letter of a disk. */
  private static final Pattern ADDRESS =
      Pattern.compile("(/|[a-zA-Z][a-zA-Z0-9+.-]+:/).*", Pattern.DOTALL);

  private final FileSystem fileSystem;
  private final Path path;

  Storage(FileSystem fileSystem, Path path) {
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
    return FileSystems.open(location, configuration);
  }

  /** The place of this name below this one. */
  public Storage child(String name) {
    // The short constructor would take what stands before a colon for a scheme.
    return new Storage(fileSystem, new Path(path, new Path(null, null, name)));
  }

  /** Whether a path is a whole address, wherever it is looked for. */
  public static boolean isAddress(String path) {
    return ADDRESS.matcher(path).matches();
  }

  /** The file of a path below this folder, or of a whole address. */
  public Storage file(String path) {
    return isAddress(path) ? at(path, fileSystem.getConf()) : child(path);
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

  /** Whether this is a folder. */
  public boolean isFolder() {
    return io(() -> fileSystem.exists(path) && fileSystem.getFileStatus(path).isDirectory());
  }

  /** Deletes what is here, with all that it holds; nothing happens where nothing is. */
  public void delete() {
    io(() -> fileSystem.delete(path, true));
  }

  /** Makes this folder and its parents. */
  public void makeFolder() {
    try {
      if (!fileSystem.mkdirs(path)) {
        throw new UserException(
            "%s cannot be made: permission denied, or a file is in the way; choose"
                + " another folder.",
            path);
      }
    } catch (IOException e) {
      throw UnreachableStore.behind(path.toString(), e)
          .orElseGet(
              () ->
                  new UserException(
                      "%s cannot be made: %s; choose another folder.",
                      path, UnreachableStore.firstLine(e)));
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

  /**
   * The bytes of a file that describes something, such as a conf: none of them is large.
   *
   * @throws UserException if it is larger than 16 MB, or a folder
   */
  public byte[] readSmall() {
    if (isFolder()) {
      throw new UserException("%s is a folder, where a file is wanted; check the path.", this);
    }
    byte[] bytes =
        io(
            () -> {
              try (InputStream in = fileSystem.open(path)) {
                return in.readNBytes(MOST_SMALL + 1);
              }
            });
    if (bytes.length > MOST_SMALL) {
      throw new UserException(
          "%s is larger than %d MB, and no such file is: check that it is the right one.",
          this, MOST_SMALL >> 20);
    }
    return bytes;
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
   * show a file when it is closed; a local disk and HDFS replace the old file by the new one in one
   * step; other file systems may show no file for a moment. If the content fails the old file
   * stays, and nothing else does.
   */
  public void write(Content content) {
    io(
        () -> {
          file().write(content);
          return null;
        });
  }

  private WholeFile file() {
    return new WholeFile(fileSystem, path);
  }

  /** Whether a file appears when it is closed, as on an object store. */
  boolean showsFilesWhole() {
    return file().showsFilesWhole();
  }

  /**
   * A hidden place beside this one that no other writer takes, not even a second attempt at the
   * same task; {@link #deleteUnfinishedWrites} knows it.
   */
  public Storage aside() {
    return new Storage(fileSystem, WholeFile.aside(path));
  }

  /**
   * Writes the file where there is none. On an object store two writers at the same moment may both
   * be told that theirs is the new one; the last stays.
   *
   * @return whether it was written; false where a file is there already
   */
  public boolean writeNew(byte[] content) {
    return io(() -> file().writeNew(content));
  }

  /** What lies directly in this folder, by name; nothing where there is no folder. */
  public List<Storage> children() {
    return io(
        () -> {
          if (!fileSystem.exists(path)) {
            return List.of();
          }
          return Arrays.stream(fileSystem.listStatus(path))
              .map(status -> new Storage(fileSystem, status.getPath()))
              .sorted(Comparator.comparing(Storage::name))
              .toList();
        });
  }

  /** The last part of the path. */
  public String name() {
    return path.getName();
  }

  /** Whether this is what a writer of a file left when it was killed. */
  public boolean isUnfinishedWrite() {
    return WholeFile.isAside(path);
  }

  /** Deletes what writers of files in this folder and below left when they were killed. */
  public void deleteUnfinishedWrites() {
    io(
        () -> {
          deleteUnfinishedWrites(path);
          return null;
        });
  }

  private void deleteUnfinishedWrites(Path folder) throws IOException {
    for (FileStatus status : fileSystem.listStatus(folder)) {
      if (WholeFile.isAside(status.getPath())) {
        fileSystem.delete(status.getPath(), true);
      } else if (status.isDirectory()) {
        deleteUnfinishedWrites(status.getPath());
      }
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
      throw UnreachableStore.behind(path.toString(), e).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": " + e.getMessage(), e);
    } catch (FSError e) {
      // The local disk's.
      throw new UncheckedIOException(
          path + ": " + e.getCause().getMessage(), new IOException(e.getCause()));
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
