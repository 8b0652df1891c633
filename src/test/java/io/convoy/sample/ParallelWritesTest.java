package io.convoy.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ParallelWritesTest {
  @TempDir Path folder;
  private final FileSystem disk = new RawLocalFileSystem();

  @BeforeEach
  void open() throws IOException {
    disk.initialize(folder.toUri(), new Configuration());
  }

  @Test
  void everyFileIsThereWithItsBytesAtTheEnd() throws IOException {
    try (ParallelWrites writes = new ParallelWrites(disk)) {
      for (int i = 0; i < 300; i++) {
        writes.write(path("file" + i), bytes(i));
      }
      writes.finish();
    }

    for (int i = 0; i < 300; i++) {
      assertArrayEquals(bytes(i), Files.readAllBytes(folder.resolve("file" + i)));
    }
  }

  @Test
  void aFileThatIsThereIsReplaced() throws IOException {
    Files.writeString(folder.resolve("file"), "what an earlier attempt wrote");
    try (ParallelWrites writes = new ParallelWrites(disk)) {
      writes.write(path("file"), bytes(1));
      writes.finish();
    }

    assertArrayEquals(bytes(1), Files.readAllBytes(folder.resolve("file")));
  }

  @Test
  void oneThatCannotBeWrittenFailsAtTheEnd() throws IOException {
    Files.createDirectory(folder.resolve("file1"));
    try (ParallelWrites writes = new ParallelWrites(disk)) {
      writes.write(path("file0"), bytes(0));
      writes.write(path("file1"), bytes(1));

      IOException failed = assertThrows(IOException.class, writes::finish);

      assertTrue(failed.getMessage().contains("file1"), failed::toString);
    }
  }

  @Test
  void oneThatCannotBeWrittenStopsTheFollowing() throws IOException {
    Files.createDirectory(folder.resolve("file0"));
    try (ParallelWrites writes = new ParallelWrites(disk)) {
      assertThrows(
          IOException.class,
          () -> {
            for (int i = 0; i < 300; i++) {
              writes.write(path("file" + i), bytes(i));
            }
          });
    }

    assertFalse(Files.exists(folder.resolve("file299")));
  }

  @Test
  void aBugStaysABug() {
    FileSystem broken =
        new RawLocalFileSystem() {
          @Override
          public FSDataOutputStream create(org.apache.hadoop.fs.Path path, boolean overwrite) {
            throw new IllegalArgumentException("broken");
          }
        };
    try (ParallelWrites writes = new ParallelWrites(broken)) {
      writes.write(path("file"), bytes(1));

      var failed = assertThrows(IllegalStateException.class, writes::finish);

      assertEquals("broken", failed.getCause().getMessage());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Each write waits for another one. */
  @Test
  void severalAreWrittenAtATime() throws IOException {
    CyclicBarrier together = new CyclicBarrier(8);
    FileSystem slow =
        new RawLocalFileSystem() {
          @Override
          public FSDataOutputStream create(org.apache.hadoop.fs.Path path, boolean overwrite)
              throws IOException {
            try {
              together.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
              throw new IOException(e);
            }
            return super.create(path, overwrite);
          }
        };
    slow.initialize(folder.toUri(), new Configuration());
    try (ParallelWrites writes = new ParallelWrites(slow)) {
      for (int i = 0; i < 64; i++) {
        writes.write(path("file" + i), bytes(i));
      }
      writes.finish();
    }

    assertTrue(Files.exists(folder.resolve("file63")));
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
  }

  private static byte[] bytes(int number) {
    return ("content " + number).getBytes(StandardCharsets.UTF_8);
  }
}
