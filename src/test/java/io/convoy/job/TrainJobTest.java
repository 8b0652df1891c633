package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command;
import io.convoy.cli.Command.Existing;
import io.convoy.cli.PrepareCommand;
import io.convoy.cli.TrainCommand;
import io.convoy.failure.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data set of other classes and another size than the settings have by default. */
class TrainJobTest {
  @TempDir static Path folder;
  private static Workplace place;

  @BeforeAll
  static void prepare() throws IOException {
    place = new Workplace(folder).withPhotos();
    rename("cats", "hot");
    rename("dogs", "cold");
    new PrepareJob(place.context())
        .run(
            new PrepareCommand(
                place.at("photos"),
                place.at("set"),
                Workplace.settings(
                    Map.of(
                        "images.classes",
                        "[cold, hot]",
                        "images.label-rule",
                        "folder",
                        "split.shares",
                        "{ train = 0.6, validation = 0.2, test = 0.2 }")),
                Existing.KEEP));
  }

  private static void rename(String from, String to) throws IOException {
    Files.move(place.path("photos/" + from), place.path("photos/" + to));
  }

  private static Workplace train(String out, Map<String, String> settings) {
    Workplace fresh = new Workplace(folder);
    Map<String, String> overrides = new LinkedHashMap<>(Workplace.TINY);
    overrides.remove("images.height");
    overrides.remove("images.width");
    overrides.remove("images.classes");
    overrides.putAll(settings);
    new TrainJob(fresh.context())
        .run(
            new TrainCommand(
                place.at("set"),
                fresh.at(out),
                new Command.SettingsSource(
                    List.of(), overrides, List.of(), OptionalInt.empty(), Command.Show.NOTHING),
                Existing.KEEP));
    return fresh;
  }

  @Test
  void classesAndSizeAreThoseOfTheDataSet() throws IOException {
    train("run", Map.of());

    String conf = Files.readString(place.path("run/run.conf"));
    assertTrue(conf.contains("classes = [\"cold\", \"hot\"]"), conf);
    assertTrue(conf.contains("height = 16\n  width = 20"), conf);
    assertTrue(Files.exists(place.path("run/report/index.html")));
  }

  @Test
  void theSettingsHaveTheSplitOfTheDataSetAndAnotherThatIsGivenIsTold() throws IOException {
    assertFalse(train("split", Map.of("split.by", "shares")).err().contains("the split is"));
    assertTrue(
        train("other", Map.of("split.by", "folders", "split.group", "x"))
            .err()
            .contains("the split is that of the data set"));

    for (String run : List.of("split", "other")) {
      String conf = Files.readString(place.path(run + "/run.conf"));
      assertTrue(conf.contains("shares { train = 0.6, validation = 0.2, test = 0.2 }"), conf);
      assertTrue(conf.contains("label-rule = folder"), conf);
      assertFalse(conf.contains("group"), conf);
    }
  }

  @Test
  void otherClassesThanTheDataSetsAreRefused() {
    String message = refusal(Map.of("images.classes", "[good, bad]"));
    assertTrue(message.contains("images.classes is [good, bad]"), message);
    assertTrue(message.contains("was prepared with [cold, hot]"), message);
  }

  @Test
  void anotherSizeThanTheDataSetsIsRefused() {
    String message = refusal(Map.of("images.height", "32"));
    assertTrue(message.contains("prepared with 16 and 20"), message);
  }

  @Test
  void noSizeIsRefusedThatNobodyHasGiven() throws IOException {
    train("larger", Map.of("images.max-height", "120", "images.max-width", "160"));

    String conf = Files.readString(place.path("larger/run.conf"));
    assertTrue(conf.contains("height = 16\n  width = 20"), conf);
  }

  @Test
  void aSizeThatIsGivenIsRefusedThoughItBeTheUsualOne() {
    String message = refusal(Map.of("images.height", "94", "images.width", "125"));
    assertTrue(message.contains("prepared with 16 and 20"), message);
  }

  private static String refusal(Map<String, String> settings) {
    String message =
        assertThrows(UserException.class, () -> train("refused", settings)).getMessage();
    assertEquals(1, message.lines().count(), message);
    assertFalse(Files.exists(place.path("refused")));
    return message;
  }
}
