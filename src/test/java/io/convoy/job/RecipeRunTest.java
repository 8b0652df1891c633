package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.RunCommand;
import io.convoy.failure.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recipe asks for, read from the tables of a run. */
class RecipeRunTest {
  private static final double RATE = 1e-3;
  private static final SettingsSource SETTINGS =
      Workplace.settings(
          Map.of(
              "train", "{workers=2, averaging-frequency=1, batch-of=all-workers}",
              "split", "{by=counts, counts{train=24, validation=16}}",
              "architectures.deep.epochs", "3",
              "architectures.deep.schedule", "{name=step, every-epochs=1, factor=0.5}",
              "architectures.deep.weight-decay", "0.01",
              "architectures.deep.label-smoothing", "0.2",
              "architectures.wide.epochs", "9",
              // Too small to change an answer.
              "architectures.wide.optimizer", "{name=sgd, learning-rate=1e-30}",
              "architectures.wide.stop", "{metric=accuracy, patience=2}",
              "architectures.wide.best", "accuracy"));

  @TempDir static Path folder;
  private static Workplace place;

  @BeforeAll
  static void run() {
    place = new Workplace(folder).withPhotos();
    new RunJob(place.context()).run(place.run("run", SETTINGS));
  }

  private static final Pattern UNQUOTED_COMMA =
      Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

  private static List<Map<String, String>> rows(String table, String architecture)
      throws IOException {
    List<String> lines = Files.readAllLines(place.path("run/tables/" + table + ".csv"));
    String[] header = lines.get(0).split(",");
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = UNQUOTED_COMMA.split(line, -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < header.length; i++) {
        row.put(header[i], cells[i]);
      }
      if (row.get("architecture").equals(architecture)) {
        rows.add(row);
      }
    }
    return rows;
  }

  @Test
  void theTableHasTheRatesThatWereApplied() throws IOException {
    List<Map<String, String>> epochs = rows("epochs", "deep");
    assertEquals(3, epochs.size());
    for (int epoch = 0; epoch < 3; epoch++) {
      double rate = RATE * Math.pow(0.5, epoch);
      assertEquals(rate, Double.parseDouble(epochs.get(epoch).get("first_learning_rate")), 1e-15);
      assertEquals(rate, Double.parseDouble(epochs.get(epoch).get("last_learning_rate")), 1e-15);
      assertEquals(
          "\"{\"\"dog\"\":1.0,\"\"cat\"\":1.0}\"", epochs.get(epoch).get("example_weights"));
    }
  }

  @Test
  void twoWorkersHaveOneMinibatchBetweenThem() throws IOException {
    for (Map<String, String> round : rows("rounds", "deep")) {
      assertEquals("2", round.get("workers"));
      assertEquals("8", round.get("examples"));
    }
  }

  @Test
  void theSavedModelSaysItsWeightDecayAndKeepsItsRate() throws Exception {
    String json =
        org.deeplearning4j.util.ModelSerializer.restoreMultiLayerNetwork(
                place.path("run/models/deep/last.zip").toFile())
            .getLayerWiseConfigurations()
            .toJson();
    assertTrue(json.contains("WeightDecay"), json);
    assertTrue(json.contains("\"learningRate\" : 0.001"), json);
  }

  @Test
  void trainingThatPatienceEndsIsFinishedWithFewerEpochs() throws IOException {
    assertEquals(3, rows("epochs", "wide").size());
    Map<String, String> metrics = rows("metrics", "wide").get(0);
    assertEquals("3", metrics.get("epochs"));
    assertEquals("1", metrics.get("best_epoch"));
    assertTrue(
        place
            .err()
            .contains("train wide: stopped early, after epoch 3 of 9: the validation accuracy"),
        place.err());
    assertTrue(
        place
            .err()
            .contains("train wide: epoch 1 is kept, the best of 3 by its validation accuracy"),
        place.err());
    Workplace again = new Workplace(folder);
    new RunJob(again.context())
        .run(
            new RunCommand(
                again.at("photos"), again.at("run"), Optional.empty(), SETTINGS, Existing.RESUME));
    assertTrue(again.out().contains("finished already"), again.out());
  }

  @Test
  void patienceWithoutValidationImagesIsRefused() {
    SettingsSource blind =
        Workplace.settings(
            Map.of(
                "split", "{by=counts, counts{train=24, validation=0}}",
                "architectures.wide.stop", "{metric=loss, patience=2}"));
    String message =
        assertThrows(
                UserException.class,
                () -> new RunJob(place.context()).run(place.run("blind", blind)))
            .getMessage();
    assertTrue(
        message.startsWith("architectures.wide.stop: there are no validation images"), message);
  }
}
