package io.convoy.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.image.ImageSize;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShownSizeTest {
  private static final ImageSettings LIMITS =
      new SettingsLoader().load(List.of(), Map.of()).settings().images();

  @TempDir private Path disk;

  private static Optional<ImageSize> median(PhotoFolder folder) {
    return ShownSize.median(PhotoListing.of(folder.storage()), LIMITS, new Configuration());
  }

  @Test
  void theMedianOfHeightsAndOfWidthsIsThatOfThePhotos() {
    PhotoFolder folder =
        new PhotoFolder(disk)
            .put("cat.1.png", PhotoFolder.png(20, 30, 1))
            .put("cat.2.png", PhotoFolder.png(40, 10, 2))
            .put("dog.1.png", PhotoFolder.png(30, 90, 3));

    assertEquals(Optional.of(new ImageSize(30, 30)), median(folder));
  }

  @Test
  void photosThatCannotBeUsedDoNotCount() {
    PhotoFolder folder =
        new PhotoFolder(disk)
            .put("cat.1.png", PhotoFolder.png(20, 30, 1))
            .put("cat.2.jpg", new byte[0])
            .put("cat.3.jpg", new byte[] {1, 2, 3});

    assertEquals(Optional.of(new ImageSize(20, 30)), median(folder));
  }

  @Test
  void photosOfWhichNoneCanBeUsedHaveNone() {
    assertEquals(Optional.empty(), median(new PhotoFolder(disk).put("cat.jpg", new byte[0])));
  }

  /** An eighth of it would still be as much as is asked for. */
  @Test
  void aLargePhotoIsTakenToShowAllItsPixels() {
    assertEquals(
        Optional.of(new ImageSize(1000, 1336)),
        median(new PhotoFolder(disk).put("cat.jpg", PhotoFolder.jpeg(1000, 1336))));
  }
}
