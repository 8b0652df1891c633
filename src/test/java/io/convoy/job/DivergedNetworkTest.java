package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DivergedNetworkTest {
  @TempDir Path folder;

  @Test
  void aNetworkThatDivergesIsToldAndDoesNotKeepTheOthersFromTheirRows() throws IOException {
    Workplace place = new Workplace(folder).withPhotos();
    String diverging =
        "{layers=[{dense=4},{dense=4}], loss=mse, batch=8, epochs=9,"
            + " optimizer={name=sgd, learning-rate=1e38}}";
    new RunJob(place.context())
        .run(place.run("run", Workplace.settings(Map.of("architectures.wide", diverging))));

    List<String> metrics = Files.readAllLines(place.path("run/tables/metrics.csv"));
    assertEquals(3, metrics.size());
    assertTrue(metrics.get(1).startsWith("deep,"), metrics.get(1));
    assertTrue(metrics.get(2).startsWith("wide,"), metrics.get(2));
    assertTrue(
        metrics.get(2).endsWith(",,,,,,,,,diverged: its answers are no numbers"), metrics.get(2));
    assertFalse(Files.readString(place.path("run/tables/epochs.csv")).contains("NaN"));
    assertTrue(place.err().contains("wide: the loss is no number"), place.err());
  }
}
