package io.convoy.storage;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.util.ReflectionUtils;

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

  /** Names of {@link #aside}. */
  private static final Pattern ASIDE = Pattern.compile("\\..+\\.[0-9a-f-]{36}\\.tmp");

  private static final int MOST_SMALL = 16 << 20;

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
      FileSystem fileSystem = withoutChecksums(path.getFileSystem(configuration), configuration);
      return new Storage(fileSystem, fileSystem.makeQualified(path));
    } catch (UnsupportedFileSystemException e) {
      throw noFileSystem(location, e);
    } catch (IOException e) {
      throw unopened(location, e);
    } catch (RuntimeException e) {
      // Hadoop wraps checked exceptions, without a type of its own.
      if (e.getCause() instanceof ClassNotFoundException missing) {
        throw noFileSystem(location, missing);
      }
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw unopened(location, unknown);
      }
      if (e instanceof IllegalArgumentException) {
        throw new UserException("%s is not a path: %s.", location, firstLine(e));
      }
      throw e;
    }
  }

  /**
   * Hadoop's hidden .crc files on a local disk would forbid reading what an editor has changed. The
   * file system that Hadoop gives out is everybody's, so it stays as it is.
   */
  private static FileSystem withoutChecksums(FileSystem shared, Configuration configuration)
      throws IOException {
    if (!(shared instanceof LocalFileSystem)) {
      return shared;
    }
    FileSystem own = ReflectionUtils.newInstance(shared.getClass(), configuration);
    own.initialize(shared.getUri(), configuration);
    own.setWriteChecksum(false);
    own.setVerifyChecksum(false);
    return own;
  }

  private static UserException unopened(String location, IOException e) {
    return UnreachableStore.behind(location, e)
        .orElseGet(
            () ->
                new UserException(
                    "%s: its file system cannot be opened (%s); check the path, and Spark's settings"
                        + " for that store (spark.hadoop.fs.*).",
                    location, firstLine(e)));
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
                      "%s cannot be made: %s; choose another folder.", path, firstLine(e)));
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
          if (showsFilesWhole()) {
            writeHere(content);
          } else {
            writeAside(content);
          }
          return null;
        });
  }

  /** Whether a file appears when it is closed, as on an object store. */
  boolean showsFilesWhole() {
    return OBJECT_STORES.contains(fileSystem.getScheme());
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
    Path aside = aside().path;
    try {
      try (OutputStream out = fileSystem.create(aside, true)) {
        content.writeTo(out);
      }
      replace(aside);
    } finally {
      fileSystem.delete(aside, false);
    }
  }

  /**
   * A hidden place beside this one that no other writer takes, not even a second attempt at the
   * same task; {@link #deleteUnfinishedWrites} knows it.
   */
  public Storage aside() {
    return parent().child("." + path.getName() + "." + UUID.randomUUID() + ".tmp");
  }

  private void replace(Path source) throws IOException {
    if (fileSystem.exists(path) && fileSystem.getFileStatus(path).isDirectory()) {
      fileSystem.delete(path, true);
    }
    // HDFS has the rename that replaces a file in one step as a method of its own.
    if (fileSystem instanceof DistributedFileSystem hdfs) {
      hdfs.rename(source, path, Options.Rename.OVERWRITE);
      return;
    }
    if (fileSystem.rename(source, path)) {
      return;
    }
    fileSystem.delete(path, true);
    if (!fileSystem.rename(source, path)) {
      throw new IOException("cannot rename " + source + " to " + path);
    }
  }

  /**
   * Writes the file where there is none. On an object store two writers at the same moment may both
   * be told that theirs is the new one; the last stays.
   *
   * @return whether it was written; false where a file is there already
   */
  public boolean writeNew(byte[] content) {
    return io(
        () -> {
          try (OutputStream out = createNew()) {
            out.write(content);
            return true;
          } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
            return false;
          }
        });
  }

  private OutputStream createNew() throws IOException {
    // Hadoop's local file system looks first and creates then.
    return fileSystem instanceof LocalFileSystem
        ? Files.newOutputStream(
            java.nio.file.Path.of(path.toUri().getPath()), StandardOpenOption.CREATE_NEW)
        : fileSystem.create(path, false);
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
    return ASIDE.matcher(name()).matches();
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
      if (ASIDE.matcher(status.getPath().getName()).matches()) {
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

  private static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(e.getClass().getSimpleName());
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
