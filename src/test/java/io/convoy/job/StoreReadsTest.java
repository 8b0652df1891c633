package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.PrepareCommand;
import io.convoy.cli.TrainCommand;
import io.convoy.dataset.CountingFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workers train two networks, two epochs each, on a data set that lies in a store. */
class StoreReadsTest {
  private static final SettingsSource SETTINGS =
      Workplace.settings(
          Map.of(
              "train.workers", "2",
              "architectures.wide.epochs", "2",
              "architectures.deep.epochs", "2"));

  @TempDir static Path folder;
  private static Map<String, Integer> requests;

  @BeforeAll
  static void trainOnBoth() {
    Workplace place =
        new Workplace(folder, CountingFileSystem.register(new Configuration())).withPhotos();
    String dataset = place.at("dataset");
    new PrepareJob(place.context())
        .run(new PrepareCommand(place.at("photos"), dataset, SETTINGS, Existing.KEEP));
    train(place, dataset, "local");
    train(place, CountingFileSystem.uri(Path.of(dataset)), "store");
    requests = CountingFileSystem.requests(folder);
  }

  private static void train(Workplace place, String dataset, String run) {
    new TrainJob(place.context())
        .run(new TrainCommand(dataset, place.at(run), SETTINGS, Existing.KEEP));
  }

  @Test
  void aWholeRunLooksAtEachShardOnceAndReadsItOnce() {
    assertEquals(
        Map.of("train-00000.u8", 2, "validation-00000.u8", 2, "test-00000.u8", 2), requests);
  }

  @Test
  void resultsAreThoseOfALocalDisk() throws IOException {
    String predictions = "tables/predictions.csv";
    assertEquals(
        Files.readString(folder.resolve("local").resolve(predictions)),
        Files.readString(folder.resolve("store").resolve(predictions)));
  }
}
