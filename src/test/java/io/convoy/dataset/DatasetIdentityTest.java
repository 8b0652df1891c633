package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.convoy.ingest.PhotoFolder;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.LabelRule;
import io.convoy.settings.SplitSettings;
import io.convoy.settings.SplitSettings.Duplicates;
import io.convoy.settings.SplitWay.ByCounts;
import io.convoy.settings.SplitWay.ByShares;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetIdentityTest {
  private static final LabelRule RULE = LabelRule.FILE_NAME_OR_FOLDER;
  private static final List<String> CLASSES = List.of("dog", "cat");

  @TempDir Path disk;
  private PhotoFolder photos;
  private String before;

  @BeforeEach
  void identify() {
    photos = new PhotoFolder(disk.resolve("photos")).put("cat.1.jpg", new byte[1]);
    before = Preparation.standard().identity(photos);
  }

  @Test
  void theSameImagesAndSettingsHaveTheSameIdentity() {
    assertEquals(before, Preparation.standard().identity(photos));
  }

  @Test
  void anotherImageChangesIt() {
    photos.put("cat.2.jpg", new byte[1]);

    assertNotEquals(before, Preparation.standard().identity(photos));
  }

  @Test
  void whateverChangesThePixelsOrTheRejectedChangesIt() {
    assertChanged(new ImageSettings(5, 5, CLASSES, RULE, 10_000, 100_000, 0));
    assertChanged(new ImageSettings(4, 6, CLASSES, RULE, 10_000, 100_000, 0));
    assertChanged(new ImageSettings(4, 5, List.of("cat", "dog"), RULE, 10_000, 100_000, 0));
    assertChanged(new ImageSettings(4, 5, CLASSES, LabelRule.FILE_NAME, 10_000, 100_000, 0));
    assertChanged(new ImageSettings(4, 5, CLASSES, RULE, 10_001, 100_000, 0));
    assertChanged(new ImageSettings(4, 5, CLASSES, RULE, 10_000, 100_001, 0));
  }

  @Test
  void anotherSplitChangesIt() {
    Preparation standard = Preparation.standard();

    assertNotEquals(before, standard.with(new ByShares(0.6, 0.3, 0.1)).identity(photos));
    assertNotEquals(before, standard.with(new ByCounts(6, 2)).identity(photos));
    assertNotEquals(
        standard.with(new ByCounts(6, 2)).identity(photos),
        standard.with(new ByCounts(6, 4)).identity(photos));
    assertNotEquals(before, standard.with(inGroups(standard)).identity(photos));
  }

  @Test
  void otherSettingsDoNotChangeIt() {
    assertEquals(before, Preparation.standard().withSeed(2).identity(photos));
    assertEquals(before, Preparation.standard().with(Preparation.images(0.5)).identity(photos));
  }

  private void assertChanged(ImageSettings settings) {
    assertNotEquals(before, Preparation.standard().with(settings).identity(photos));
  }

  private static SplitSettings inGroups(Preparation standard) {
    return new SplitSettings(standard.split().way(), Optional.of("(cat|dog)"), Duplicates.KEEP);
  }
}
