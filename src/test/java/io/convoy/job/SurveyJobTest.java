package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.SurveyCommand;
import io.convoy.ingest.PhotoFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyJobTest {
  @TempDir Path folder;
  private Workplace place;
  private PhotoFolder photos;

  @BeforeEach
  void putAnimals() {
    place = new Workplace(folder);
    photos = new PhotoFolder(place.path("photos")).putAnimals(2, 2);
  }

  @Test
  void whereNoPhotoIsThereTwiceThatIsSaid() {
    assertSays("Copies: none\n");
  }

  @Test
  void copiesAreToldWithAPair() {
    photos.put("cats/copy.png", PhotoFolder.png(6, 8, 0));

    assertSays(
        "Copies (files of equal bytes):\n"
            + "  1 photo is there more than once, such as cat.0.png and cats/copy.png: ");
  }

  @Test
  void aPhotoUnderTwoLabelsIsTold() {
    photos.put("dogs/1.png", PhotoFolder.png(6, 8, 0));

    assertSays(
        "  1 photo is there under two labels, such as cat.0.png and dogs/1.png (cat and dog)");
  }

  @Test
  void filesThatAreNoPhotosAreNoCopies() {
    photos.put("cats/1.png", new byte[9]).put("dogs/1.png", new byte[9]);

    assertSays("Copies: none\n");
  }

  @Test
  void photosThatWereEnlargedAreTold() {
    for (int i = 0; i < 9; i++) {
      photos.put("cats/large" + i + ".jpg", PhotoFolder.jpeg(64, 80));
    }

    assertSays("They show no more than 8 x 10 pixels would, in the median of some: ");
  }

  @Test
  void photosThatWereNotEnlargedAreNotTold() {
    String out = survey("train.seed", "1");
    assertFalse(out.contains("They show"), out);
  }

  @Test
  void ofManyClassesTheFirstAreCountedAndTheSmallestIsNamed() {
    for (int i = 0; i < 120; i++) {
      for (int photo = 0; photo < 3; photo++) {
        photos.put("c" + i + "/" + photo + ".png", new byte[0]);
      }
    }
    photos.put("last/1.png", new byte[0]).put("last/2.png", new byte[0]);

    String out = survey("images.classes", classes(119) + ", last, cat, dog]");

    assertTrue(out.contains("  c99 (label 99): 3\n  and 22 other labels\n"), out);
    assertTrue(out.contains("  the smallest class is last: 2\n"), out);
    assertFalse(out.contains("c100 (label"), out);
  }

  private static String classes(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> "c" + i)
        .collect(Collectors.joining(", ", "[", ""));
  }

  private void assertSays(String words) {
    String out = survey("train.seed", "1");
    assertTrue(out.contains(words), out);
  }

  private String survey(String key, String value) {
    new SurveyJob(place.context())
        .run(new SurveyCommand(place.at("photos"), 10, Workplace.settings(Map.of(key, value))));
    return place.out();
  }
}
