package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.storage.Json;
import io.convoy.storage.Storage;
import io.convoy.train.Standing;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
  @TempDir Path folder;

  private Path earlier;
  private Path later;

  @BeforeEach
  void writeTwo() throws IOException {
    earlier = write("000002-000000000.zip", 2);
    later = write("000003-000000000.zip", 3);
  }

  private Path write(String name, int workers) throws IOException {
    Path file = folder.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("training.json"));
      zip.write(
          Json.write(
              new TrainingNotes(
                  Standing.before(1, 0), workers, 1, 0, List.of(), new int[0], List.of())));
      zip.putNextEntry(new ZipEntry(ModelSerializer.COEFFICIENTS_BIN));
      zip.write(new byte[1000]);
    }
    return file;
  }

  private Checkpoints checkpoints() {
    return new Checkpoints(Storage.at(folder.toString(), new Configuration()));
  }

  private static void cut(Path file, double share) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, (int) (share * whole.length)));
  }

  @Test
  void theLastIsGoneOnFrom() {
    Checkpoints.Stopped stopped = checkpoints().last().orElseThrow();
    assertEquals(3, stopped.notes().workers());
    assertEquals(List.of(), stopped.damaged());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.4})
  void whereItIsCutShortTheOneBeforeIs(double share) throws IOException {
    cut(later, share);
    Checkpoints.Stopped stopped = checkpoints().last().orElseThrow();
    assertEquals(2, stopped.notes().workers());
    assertEquals("000003-000000000.zip", stopped.damaged().get(0).name());
  }

  @Test
  void whereAllAreDamagedTheLastIsNamed() throws IOException {
    cut(earlier, 0.1);
    cut(later, 0.1);
    String message = assertThrows(UserException.class, () -> checkpoints().last()).getMessage();
    assertTrue(
        message.endsWith(
            "000003-000000000.zip is damaged, and no checkpoint before it is left; delete it to train"
                + " this architecture from the beginning."),
        message);
  }

  @Test
  void aStoreThatIsDownIsNotTakenForDamage() throws IOException {
    Files.writeString(folder.resolve("trained.json"), "null");
    Configuration down = new Configuration();
    down.setClass("fs.down.impl", DownFileSystem.class, FileSystem.class);
    Checkpoints checkpoints = new Checkpoints(Storage.at("down://" + folder, down));

    String last = assertThrows(UserException.class, checkpoints::last).getMessage();
    String trained = assertThrows(UserException.class, checkpoints::trained).getMessage();

    assertFalse(last.contains("damaged"), last);
    assertFalse(trained.contains("damaged"), trained);
  }

  /** A store that lists its files, and then no longer answers. */
  public static final class DownFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("down:///");
    }

    @Override
    public String getScheme() {
      return "down";
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path path, int bufferSize)
        throws IOException {
      throw new ConnectException("Connection refused");
    }
  }

  @Test
  void aDamagedResultIsNamed() throws IOException {
    Files.writeString(folder.resolve("trained.json"), "null");
    String message = assertThrows(UserException.class, () -> checkpoints().trained()).getMessage();
    assertTrue(
        message.endsWith("trained.json is damaged; delete it to train this architecture again."),
        message);
  }
}
