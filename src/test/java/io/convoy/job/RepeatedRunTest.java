package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A run with {@code train.repeats}. */
class RepeatedRunTest {
  private static final Map<String, String> SETTINGS = Map.of("train.seed", "5");

  @TempDir static Path folder;
  private static Workplace place;

  @BeforeAll
  static void run() {
    place = new Workplace(folder).withPhotos();
    run("repeated", Map.of("train.repeats", "3"));
  }

  private static void run(String name, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.putAll(more);
    new RunJob(place.context()).run(place.run(name, Workplace.settings(settings)));
  }

  private static List<String> table(String run, String name) throws IOException {
    return Files.readAllLines(place.path(run + "/tables/" + name + ".csv"));
  }

  @Test
  void eachRepeatHasItsRowsItsModelAndResultsOfItsOwn() throws IOException {
    List<String> predictions = table("repeated", "predictions");
    for (String name : List.of("deep-1", "deep-2", "deep-3")) {
      assertTrue(Files.exists(place.path("repeated/models/" + name + "/best.zip")), name);
      assertTrue(predictions.stream().anyMatch(row -> row.contains(name)), name);
    }
    assertNotEquals(weights("repeated", "deep-1"), weights("repeated", "deep-2"));
  }

  @Test
  void aRepeatIsWhatARunWithItsSeedComesTo() throws IOException {
    run("single", Map.of("train.seed", "6"));

    assertEquals(weights("single", "deep"), weights("repeated", "deep-2"));
  }

  @Test
  void theirMeansHaveATableWithIntervals() throws IOException {
    List<String> repeats = table("repeated", "repeats");
    assertEquals("architecture,split,metric,repeats,mean,spread,low,high", repeats.get(0));
    assertTrue(
        repeats.stream().anyMatch(row -> row.startsWith("deep,validation,accuracy,3,")),
        repeats::toString);
  }

  @Test
  void thePageShowsTheirMeans() throws IOException {
    String page = Files.readString(place.path("repeated/report/index.html"));
    assertTrue(page.contains("Repeated trainings"));
    assertTrue(page.contains("<td class=\"words\"><bdi>cross-entropy</bdi></td>"));
  }

  private static INDArray weights(String run, String architecture) throws IOException {
    return ModelSerializer.restoreMultiLayerNetwork(
            place.path(run + "/models/" + architecture + "/best.zip").toFile())
        .params();
  }
}
