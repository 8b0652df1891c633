package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.convoy.cli.Command.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same seed on the same layout, here two workers, twice, and another seed once. */
class ReproducibilityTest {
  private static final Set<String> TIMINGS =
      Set.of("epoch_seconds", "round_seconds", "images_per_second", "inference_seconds_per_image");

  @TempDir static Path folder;

  @BeforeAll
  static void runThrice() {
    Workplace place = new Workplace(folder).withPhotos();
    for (String run : List.of("first", "second")) {
      new RunJob(place.context()).run(place.run(run, twoWorkers("1")));
    }
    new RunJob(place.context()).run(place.run("other", twoWorkers("2")));
  }

  private static SettingsSource twoWorkers(String seed) {
    return Workplace.settings(
        Map.of(
            "train.workers", "2",
            "train.averaging-frequency", "1",
            "train.seed", seed,
            "architectures.wide.epochs", "2"));
  }

  /** The lines of a table without its timings. */
  private static List<String> table(String run, String name) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(run + "/tables/" + name + ".csv"));
    List<String> header = Arrays.asList(lines.get(0).split(","));
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      String[] cells = line.split(",", header.size());
      kept.add(
          IntStream.range(0, cells.length)
              .filter(i -> !TIMINGS.contains(header.get(i)))
              .mapToObj(i -> cells[i])
              .collect(Collectors.joining(",")));
    }
    return kept;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metrics",
        "epochs",
        "rounds",
        "thresholds",
        "comparisons",
        "predictions",
        "rejected"
      })
  void theSameSeedGivesTheSameTableButForTheTimings(String name) throws IOException {
    assertEquals(table("first", name), table("second", name));
  }

  @Test
  void anotherSeedGivesOtherPredictions() throws IOException {
    assertNotEquals(table("first", "predictions"), table("other", "predictions"));
  }
}
