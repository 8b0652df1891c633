package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Split;
import io.convoy.dataset.SyntheticExamples;
import io.convoy.failure.UserException;
import io.convoy.network.NetworkBuilder;
import io.convoy.progress.Progress;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class UnreadableShardTest {
  private static final int SIZE = 6;

  @TempDir Path folder;
  private Examples training;

  @BeforeEach
  void writeExamples() {
    training = SyntheticExamples.write(folder, Split.TRAIN, 40, SIZE, SIZE);
  }

  private Path shard() {
    return folder.resolve("pixels/train-00000.u8");
  }

  private Trainer trainer() {
    Architecture architecture =
        new Architecture(
            "small",
            List.of(new Layer.Dense(4, Activation.RELU)),
            Loss.CROSS_ENTROPY,
            new Optimizer.Sgd(0.1),
            4,
            1);
    return new Trainer(
        SharedSpark.context(),
        "small",
        NetworkBuilder.configuration(architecture, 2, SIZE, SIZE, 1),
        new WorkerPlan(2, 1, 4, 2, 0, 1));
  }

  private String refusal() {
    Throwable thrown =
        assertThrows(Exception.class, () -> trainer().trainEpoch(training, Progress.NONE));
    while (thrown != null && !(thrown instanceof UserException)) {
      thrown = thrown.getCause();
    }
    return thrown == null ? "no word" : thrown.getMessage();
  }

  @Test
  void trainingEndsWhereAShardIsMissing() throws IOException {
    Files.delete(shard());
    assertEquals(
        "%s is missing; prepare the data set again.".formatted(shard().toUri()), named(refusal()));
  }

  @Test
  void trainingEndsWhereAShardIsCutShort() throws IOException {
    Files.write(shard(), Arrays.copyOf(Files.readAllBytes(shard()), 100));
    assertEquals(
        "%s ends before one of its examples: the file is cut short, or manifest.json is not its own;"
                .formatted(shard().toUri())
            + " prepare the data set again.",
        named(refusal()));
  }

  /** Which example comes first is a matter of the order of the epoch. */
  private static String named(String message) {
    return message
        .replaceAll("its example \\d+", "one of its examples")
        .replaceFirst("^(file:)?/+", "file:///");
  }
}
