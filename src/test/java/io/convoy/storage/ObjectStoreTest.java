package io.convoy.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Abortable;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a store like S3: a file appears when it is closed, unless it is aborted; no rename. */
class ObjectStoreTest {
  private static final byte[] OLD = {1};
  private static final byte[] NEW = {2, 3};

  @TempDir java.nio.file.Path disk;
  private Storage file;

  @BeforeEach
  void open() {
    Configuration configuration = new Configuration();
    configuration.setClass("fs.s3a.impl", Store.class, org.apache.hadoop.fs.FileSystem.class);
    configuration.setBoolean("fs.s3a.impl.disable.cache", true);
    file = Storage.at("s3a://" + UUID.randomUUID() + disk.resolve("file"), configuration);
  }

  @Test
  void aFileIsWrittenWithoutARename() throws IOException {
    file.write(out -> out.write(NEW));

    assertArrayEquals(NEW, file.read());
    assertEquals(List.of("file"), names());
  }

  @Test
  void aFailingWriteLeavesNothing() {
    assertThrows(UncheckedIOException.class, () -> file.write(ObjectStoreTest::fail));

    assertFalse(file.exists());
  }

  @Test
  void aFailingWriteLeavesTheOldFile() {
    file.write(out -> out.write(OLD));

    assertThrows(UncheckedIOException.class, () -> file.write(ObjectStoreTest::fail));

    assertArrayEquals(OLD, file.read());
  }

  private List<String> names() throws IOException {
    try (Stream<java.nio.file.Path> files = Files.list(disk)) {
      return files.map(found -> found.getFileName().toString()).sorted().toList();
    }
  }

  private static void fail(OutputStream out) throws IOException {
    out.write(NEW);
    throw new IOException("no network");
  }

  /** A local disk that behaves like a store. */
  public static final class Store extends RawLocalFileSystem {
    private URI uri;

    @Override
    public void initialize(URI name, Configuration configuration) throws IOException {
      super.initialize(name, configuration);
      uri = URI.create("s3a://" + name.getAuthority());
    }

    @Override
    public URI getUri() {
      return uri == null ? super.getUri() : uri;
    }

    @Override
    public String getScheme() {
      return "s3a";
    }

    @Override
    public FSDataOutputStream create(
        Path path,
        FsPermission permission,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      return create(path, overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public FSDataOutputStream create(
        Path path,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      return new FSDataOutputStream(new Upload(disk(path)), null);
    }

    @Override
    public boolean rename(Path source, Path target) {
      throw new UnsupportedOperationException("a store copies instead");
    }

    private static java.nio.file.Path disk(Path path) {
      return java.nio.file.Path.of(path.toUri().getPath());
    }
  }

  private static final class Upload extends ByteArrayOutputStream
      implements Abortable, StreamCapabilities {
    private final java.nio.file.Path target;
    private boolean aborted;

    Upload(java.nio.file.Path target) {
      this.target = target;
    }

    @Override
    public AbortableResult abort() {
      aborted = true;
      return null;
    }

    @Override
    public boolean hasCapability(String capability) {
      return ABORTABLE_STREAM.equals(capability);
    }

    @Override
    public void close() throws IOException {
      if (!aborted) {
        Files.write(target, toByteArray());
      }
    }
  }
}
