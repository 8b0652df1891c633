package io.convoy.ingest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileContentsTest {
  @TempDir Path disk;

  @Test
  void aFileIsReadAsItWasListed() throws RejectedFileException {
    contents("cat.1.jpg", new byte[] {1, 2, 3});

    assertArrayEquals(new byte[] {1, 2, 3}, contents().read(new PhotoFile("cat.1.jpg", 3, 0)));
  }

  @Test
  void anEmptyFileIsEmpty() throws RejectedFileException {
    contents("cat.1.jpg", new byte[0]);

    assertArrayEquals(new byte[0], contents().read(new PhotoFile("cat.1.jpg", 0, 0)));
  }

  @Test
  void aFileThatIsGoneIsTold() {
    assertUnreadable("deleted after it was listed", new PhotoFile("cat.1.jpg", 3, 0));
  }

  @Test
  void aFileThatHasGrownOrShrunkIsTold() {
    contents("cat.1.jpg", new byte[] {1, 2, 3});

    assertUnreadable("changed after it was listed", new PhotoFile("cat.1.jpg", 2, 0));
    assertUnreadable("changed after it was listed", new PhotoFile("cat.1.jpg", 4, 0));
  }

  private void assertUnreadable(String why, PhotoFile file) {
    RejectedFileException e =
        assertThrows(RejectedFileException.class, () -> contents().read(file));
    assertEquals(why, e.getMessage());
  }

  private void contents(String path, byte[] bytes) {
    new PhotoFolder(disk).put(path, bytes);
  }

  private FileContents contents() {
    return new FileContents(disk.toString(), new SerializableConfiguration(new Configuration()));
  }
}
