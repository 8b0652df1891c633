package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.PrepareCommand;
import io.convoy.cli.RunCommand;
import io.convoy.cli.SurveyCommand;
import io.convoy.failure.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 40 photos, and two files that only say that they are photos. */
class RejectedImagesTest {
  @TempDir static Path folder;
  private static Workplace place;

  @BeforeAll
  static void draw() {
    place =
        new Workplace(folder)
            .withPhotos()
            .withBadPhoto("photos/cats/cat.900.jpg")
            .withBadPhoto("photos/dogs/dog.900.jpg");
  }

  @Test
  void moreThanMaxRejectedStopTheJobAndLeaveNoDataSet() {
    PrepareCommand command =
        new PrepareCommand(
            place.at("photos"), place.at("set"), Workplace.tinySettings(), Existing.KEEP);
    String message =
        assertThrows(UserException.class, () -> new PrepareJob(place.context()).run(command))
            .getMessage();
    assertTrue(message.startsWith("2 of 42 images"), message);
    assertTrue(message.contains("cat.900.jpg") && message.contains("dog.900.jpg"), message);
    assertFalse(Files.exists(place.path("set")));
  }

  @Test
  void withAHigherShareTheyBecomeRowsOfTheTable() throws IOException {
    RunCommand command = place.run("run", Workplace.settings(Map.of("images.max-rejected", "0.5")));
    new RunJob(place.context()).run(command);
    List<String> rows = Files.readAllLines(place.path("run/tables/rejected.csv"));
    assertEquals(3, rows.size(), rows.toString());
    assertTrue(rows.get(1).startsWith("cats/cat.900.jpg,"), rows.get(1));
    assertTrue(rows.get(2).startsWith("dogs/dog.900.jpg,"), rows.get(2));
  }

  @Test
  void surveyCountsAndNamesThem() {
    Workplace looked = new Workplace(folder);
    new SurveyJob(looked.context())
        .run(new SurveyCommand(place.at("photos"), 0, Workplace.tinySettings()));
    assertTrue(looked.out().contains("42 images"), looked.out());
    assertTrue(looked.out().contains("Cannot be used: 2"), looked.out());
    assertTrue(looked.out().contains("cats/cat.900.jpg: "), looked.out());
  }
}
