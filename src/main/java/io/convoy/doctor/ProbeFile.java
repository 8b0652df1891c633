package io.convoy.doctor;

import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A small file of a new hidden name, which no file has. It is deleted when this is closed or, as
 * far as Hadoop can, when the virtual machine is stopped before.
 */
final class ProbeFile implements AutoCloseable {
  private final FileSystem files;
  private final Path path;
  private boolean made;

  /** Names the file; {@link #write} makes it. */
  ProbeFile(Storage folder) {
    this.files = folder.fileSystem();
    this.path = folder.child(".convoy-doctor-" + UUID.randomUUID() + ".tmp").path();
  }

  String name() {
    return path.getName();
  }

  /** Its name is its content. */
  static byte[] content(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether that file is in the folder, with its content. */
  static boolean isReadable(Storage folder, String name) throws IOException {
    try (InputStream in = folder.fileSystem().open(folder.child(name).path())) {
      return Arrays.equals(in.readAllBytes(), content(name));
    }
  }

  void write() throws IOException {
    try (OutputStream out = files.create(path, false)) {
      made = true;
      files.deleteOnExit(path);
      out.write(content(name()));
    }
    // A store shows the file only now, and remembers only what it shows.
    files.deleteOnExit(path);
  }

  /** By the file system's clock, milliseconds since 1970. */
  long modified() throws IOException {
    return files.getFileStatus(path).getModificationTime();
  }

  boolean isListed() throws IOException {
    return Arrays.stream(files.listStatus(path.getParent()))
        .anyMatch(file -> file.getPath().getName().equals(name()));
  }

  @Override
  public void close() throws IOException {
    delete();
  }

  /** Deletes the file, if it was made and is not deleted yet. */
  void delete() throws IOException {
    if (made) {
      made = false;
      files.delete(path, false);
      files.cancelDeleteOnExit(path);
      if (files.exists(path)) {
        throw new IOException("cannot delete " + path);
      }
    }
  }
}
