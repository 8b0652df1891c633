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

class PhotoHeadersTest {
  private static final ImageSettings SETTINGS =
      new SettingsLoader().load(List.of(), Map.of()).settings().images();

  @TempDir private Path disk;

  private static Optional<ImageSize> medianSize(PhotoFolder folder) {
    return PhotoHeaders.medianSize(
        PhotoListing.of(folder.storage()), SETTINGS, new Configuration());
  }

  @Test
  void theMedianOfHeightsAndOfWidthsIsThatOfThePhotos() {
    PhotoFolder folder =
        new PhotoFolder(disk)
            .put("cat.1.jpg", PhotoFolder.jpeg(20, 30))
            .put("cat.2.jpg", PhotoFolder.jpeg(40, 10))
            .put("dog.1.png", PhotoFolder.png(30, 90, 1));

    assertEquals(Optional.of(new ImageSize(30, 30)), medianSize(folder));
  }

  @Test
  void photosThatCannotBeUsedAreNotAskedFor() {
    PhotoFolder folder =
        new PhotoFolder(disk)
            .put("cat.1.jpg", PhotoFolder.jpeg(20, 30))
            .put("cat.2.jpg", new byte[0])
            .put("cat.3.jpg", new byte[] {1, 2, 3});

    assertEquals(Optional.of(new ImageSize(20, 30)), medianSize(folder));
  }

  @Test
  void photosOfWhichNoneCanBeUsedHaveNone() {
    assertEquals(Optional.empty(), medianSize(new PhotoFolder(disk).put("cat.jpg", new byte[0])));
  }
}
