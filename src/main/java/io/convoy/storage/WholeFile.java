package io.convoy.storage;

import io.convoy.storage.Storage.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * Writes one file such that it is never seen half-written.
 *
 * @param fileSystem that holds it
 * @param path of the file
 */
record WholeFile(FileSystem fileSystem, Path path) {
  /** File systems on which a rename is a copy, and a file appears whole when it is closed. */
  private static final Set<String> OBJECT_STORES =
      Set.of("s3a", "s3", "s3n", "gs", "abfs", "abfss", "wasb", "wasbs", "oss", "cosn");

  /** Names of {@link #aside}. */
  private static final Pattern ASIDE = Pattern.compile("\\..+\\.[0-9a-f-]{36}\\.tmp");

  /** The place of {@link Storage#aside}. */
  static Path aside(Path path) {
    Path folder = path.getParent() == null ? path : path.getParent();
    String name = "." + path.getName() + "." + UUID.randomUUID() + ".tmp";
    // The short constructor would take what stands before a colon for a scheme.
    return new Path(folder, new Path(null, null, name));
  }

  /** Whether a path is one of {@link #aside}. */
  static boolean isAside(Path path) {
    return ASIDE.matcher(path.getName()).matches();
  }

  /** Writes the file, or replaces it; see {@link Storage#write}. */
  void write(Content content) throws IOException {
    if (showsFilesWhole()) {
      writeHere(content);
    } else {
      writeAside(content);
    }
  }

  /** Whether the file appears when it is closed, as on an object store. */
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
    Path aside = aside(path);
    try {
      try (OutputStream out = fileSystem.create(aside, true)) {
        content.writeTo(out);
      }
      replace(aside);
    } finally {
      fileSystem.delete(aside, false);
    }
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
   * Writes the file where there is none; see {@link Storage#writeNew}.
   *
   * @return whether it was written
   */
  boolean writeNew(byte[] content) throws IOException {
    try (OutputStream out = createNew()) {
      out.write(content);
      return true;
    } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
      return false;
    }
  }

  private OutputStream createNew() throws IOException {
    // Hadoop's local file system looks first and creates then.
    return fileSystem instanceof LocalFileSystem
        ? Files.newOutputStream(
            java.nio.file.Path.of(path.toUri().getPath()), StandardOpenOption.CREATE_NEW)
        : fileSystem.create(path, false);
  }
}
