package io.convoy.modelfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CheckpointTest {
  /** As long as a single bit of its length, which must not hide that it is gone. */
  private static final byte[] NOTES = "n".repeat(64).getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private final Network network = network();
  private final INDArray velocity = Nd4j.ones(1, 5);
  private final INDArray average = Nd4j.ones(1, 4).muli(3);
  private Path path;
  private Checkpoint checkpoint;
  private float[] written;

  @BeforeEach
  void write() {
    path = folder.resolve("000001-000000000.zip");
    checkpoint = new Checkpoint(Storage.at(path.toString(), new Configuration()));
    network.updaterState().orElseThrow().assign(0.25);
    checkpoint.write(Snapshot.of(network, Optional.of(velocity), Optional.of(average)), NOTES);
    written = numbers();
  }

  private static Network network() {
    Architecture architecture =
        new Architecture(
            "small",
            List.of(new Layer.Dense(1, Activation.RELU)),
            Loss.MSE,
            new Optimizer.Adam(0.1, 0.9, 0.999, 1e-8),
            1,
            1);
    return NetworkBuilder.configuration(architecture, 2, 2, 2, 1).initialized();
  }

  private float[] numbers() {
    return Nd4j.concat(
            1, network.parameters(), network.updaterState().orElseThrow(), velocity, average)
        .toFloatVector();
  }

  private void forget() {
    network.parameters().assign(-1);
    network.updaterState().orElseThrow().assign(-1);
    velocity.assign(-1);
    average.assign(-1);
  }

  private void restore() {
    checkpoint.restore(network, Optional.of(velocity), Optional.of(average));
  }

  private String reason() {
    return assertThrows(UncheckedIOException.class, () -> restore()).getMessage();
  }

  private void changeEntry(String entry, byte[] content) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(path)) {
      Files.write(zip.getPath(entry), content);
    }
  }

  @Test
  void whatIsWrittenIsRestored() {
    forget();
    restore();
    assertArrayEquals(written, numbers());
    assertArrayEquals(NOTES, checkpoint.notes());
  }

  @Test
  void aCopyInTheMemoryOfTheOneBeforeIsOfTheNetworkAsItIsThen() {
    Snapshot before = Snapshot.of(network, Optional.of(velocity), Optional.of(average));
    forget();
    checkpoint.write(before.again(network, Optional.of(velocity), Optional.of(average)), NOTES);
    float[] forgotten = numbers();
    network.parameters().assign(1);
    velocity.assign(1);
    restore();
    assertArrayEquals(forgotten, numbers());
  }

  @Test
  void aBitThatFlipsInAnyByteIsFoundOrChangesNothing() throws IOException {
    byte[] whole = Files.readAllBytes(path);
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << (at % Byte.SIZE));
      Files.write(path, flipped);
      forget();
      try {
        restore();
      } catch (UncheckedIOException found) {
        continue;
      }
      assertArrayEquals(written, numbers(), "byte " + at);
    }
  }

  @Test
  void anyBitThatFlipsInTheNotesIsFound() throws IOException {
    byte[] whole = Files.readAllBytes(path);
    for (int bit = 0; bit < Byte.SIZE * 200; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      Files.write(path, flipped);
      byte[] notes;
      try {
        notes = checkpoint.notes();
      } catch (UncheckedIOException found) {
        continue;
      }
      // Empty notes are none.
      assertTrue(notes.length == 0 || Arrays.equals(NOTES, notes), "bit " + bit);
    }
  }

  @Test
  void aFileThatIsCutShortAnywhereInItsEntriesIsNotWhole() throws IOException {
    byte[] whole = Files.readAllBytes(path);
    int entries = new String(whole, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    for (int length = 0; length < entries; length++) {
      Files.write(path, Arrays.copyOf(whole, length));
      String reason = reason();
      assertTrue(reason.startsWith(checkpoint.file() + ": "), reason);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"coefficients.bin", "updaterState.bin", "outerVelocity.bin", "movingAverage.bin"})
  void aFileWithoutAnEntryIsNotWhole(String entry) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(path)) {
      Files.delete(zip.getPath(entry));
    }
    assertEquals(checkpoint.file() + ": " + entry + ": missing", reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"coefficients.bin", "updaterState.bin", "outerVelocity.bin", "movingAverage.bin"})
  void anEntryThatIsTooShortIsNamed(String entry) throws IOException {
    byte[] content;
    try (FileSystem zip = FileSystems.newFileSystem(path)) {
      content = Files.readAllBytes(zip.getPath(entry));
    }
    changeEntry(entry, Arrays.copyOf(content, content.length - 1));
    assertEquals(checkpoint.file() + ": " + entry + ": it is cut short", reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"coefficients.bin", "updaterState.bin", "outerVelocity.bin", "movingAverage.bin"})
  void anEntryWithMoreOrFewerNumbersIsNamed(String entry) throws IOException {
    INDArray row = Nd4j.ones(1, 3);
    try (FileSystem zip = FileSystems.newFileSystem(path);
        var out = Files.newOutputStream(zip.getPath(entry))) {
      new RowFormat(row).writeTo(out);
    }
    String reason = reason();
    assertTrue(
        reason.startsWith(checkpoint.file() + ": " + entry + ": [1, 3] FLOAT, and not"), reason);
  }
}
