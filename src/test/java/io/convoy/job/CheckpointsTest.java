package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.averaging.WorkerPlan;
import io.convoy.failure.UserException;
import io.convoy.network.NetworkBuilder;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.BatchOf;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.OuterMomentum;
import io.convoy.settings.Precision;
import io.convoy.settings.UpdaterState;
import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import io.convoy.train.Trainer;
import io.convoy.train.TrainingOptions;
import io.convoy.train.TrainingState;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
  @TempDir Path folder;

  private final Trainer trainer = trainer();
  private Checkpoints checkpoints;

  @BeforeEach
  void keepTwo() {
    checkpoints = checkpoints();
    keep(2);
    keep(3);
  }

  /** Adam's on two workers, with an outer velocity. */
  private static Trainer trainer() {
    Architecture architecture =
        new Architecture(
            "small",
            List.of(new Layer.Dense(1, Activation.RELU)),
            Loss.MSE,
            new Optimizer.Adam(0.1, 0.9, 0.999, 1e-8),
            1,
            9);
    return new Trainer(
        SharedSpark.context(),
        "small",
        NetworkBuilder.configuration(architecture, 2, 2, 2, 1),
        new WorkerPlan(
            2,
            1,
            Precision.FLOAT32,
            1,
            BatchOf.WORKER,
            AveragingFrequency.always(1),
            UpdaterState.KEPT,
            0,
            1),
        TrainingOptions.PLAIN,
        Optional.of(new OuterMomentum(0.9, 0.7)));
  }

  private Checkpoints checkpoints() {
    return new Checkpoints(Storage.at(folder.toString(), new Configuration()));
  }

  private void keep(int epoch) {
    trainer.network().parameters().assign(epoch);
    checkpoints.write(
        trainer.snapshot(),
        new TrainingNotes(
            TrainingState.before(epoch, epoch), 2, 1, 0, List.of(), new int[0], List.of(), 2, 0));
  }

  private Checkpoints.Stopped restored() {
    checkpoints = checkpoints();
    return checkpoints
        .restoreLast(
            (checkpoint, notes) -> trainer.resume(checkpoint, notes.state(), notes.workers()))
        .orElseThrow();
  }

  private Path file(int epoch) {
    return folder.resolve("00000%d-000000000.zip".formatted(epoch));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void cut(int epoch, double share) throws IOException {
    byte[] whole = Files.readAllBytes(file(epoch));
    Files.write(file(epoch), Arrays.copyOf(whole, (int) (share * whole.length)));
  }

  private void drop(int epoch, String entry) throws IOException {
    try (java.nio.file.FileSystem zip = FileSystems.newFileSystem(file(epoch))) {
      Files.delete(zip.getPath(entry));
    }
  }

  @Test
  void theLastIsGoneOnFrom() {
    trainer.network().parameters().assign(0);
    Checkpoints.Stopped stopped = restored();
    assertEquals(3, stopped.notes().state().epoch());
    assertEquals(3, trainer.network().parameters().getDouble(0));
    assertEquals(List.of(), stopped.damaged());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.4})
  void whereItIsCutShortTheOneBeforeIs(double share) throws IOException {
    cut(3, share);
    Checkpoints.Stopped stopped = restored();
    assertEquals(2, stopped.notes().state().epoch());
    assertEquals(2, trainer.network().parameters().getDouble(0));
    assertEquals(1, stopped.damaged().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"training.json", "coefficients.bin", "updaterState.bin", "outerVelocity.bin"})
  void whereAnEntryIsMissingTheOneBeforeIsGoneOnFromAndTheReasonIsTold(String entry)
      throws IOException {
    drop(3, entry);
    Checkpoints.Stopped stopped = restored();
    assertEquals(2, stopped.notes().state().epoch());
    String reason = stopped.damaged().get(0);
    assertTrue(reason.contains("000003-000000000.zip: " + entry + ": "), reason);
  }

  @Test
  void whereAnEntryHasAnotherLengthTheOneBeforeIsGoneOnFrom() throws IOException {
    try (java.nio.file.FileSystem zip = FileSystems.newFileSystem(file(3))) {
      Files.copy(
          zip.getPath("updaterState.bin"),
          zip.getPath("coefficients.bin"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    assertEquals(2, restored().notes().state().epoch());
  }

  @Test
  void whatOneWorkerKeptIsWholeWithoutAnOuterVelocity() throws IOException {
    trainer.network().parameters().assign(4);
    checkpoints.write(
        trainer.snapshot(),
        new TrainingNotes(
            TrainingState.before(4, 4), 1, 1, 0, List.of(), new int[0], List.of(), 2, 0));
    drop(4, "outerVelocity.bin");
    assertEquals(4, restored().notes().state().epoch());
  }

  @Test
  void whereAllAreDamagedEachIsNamedWithItsReason() throws IOException {
    drop(2, "updaterState.bin");
    drop(3, "outerVelocity.bin");
    String message = assertThrows(UserException.class, this::restored).getMessage();
    assertEquals(
        "No checkpoint is whole (file:%s: outerVelocity.bin: missing; file:%s: updaterState.bin:"
                .formatted(file(3), file(2))
            + " missing); delete file:%s to train this architecture from the beginning."
                .formatted(folder),
        message);
  }

  @Test
  void theLastTwoAreKept() throws IOException {
    keep(4);
    assertEquals(List.of("000003-000000000.zip", "000004-000000000.zip"), files());
  }

  @Test
  void aDamagedOneIsNotKeptInPlaceOfAWholeOne() throws IOException {
    cut(3, 0.4);
    restored();
    keep(4);
    assertEquals(List.of("000002-000000000.zip", "000004-000000000.zip"), files());
  }

  @Test
  void aStoreThatIsDownIsNotTakenForDamage() throws IOException {
    Files.writeString(folder.resolve("trained.json"), "null");
    Configuration down = new Configuration();
    down.setClass("fs.down.impl", DownFileSystem.class, FileSystem.class);
    checkpoints = new Checkpoints(Storage.at("down://" + folder, down));

    String last =
        assertThrows(UserException.class, () -> checkpoints.restoreLast((checkpoint, notes) -> {}))
            .getMessage();
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
