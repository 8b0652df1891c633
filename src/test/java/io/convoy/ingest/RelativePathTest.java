package io.convoy.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelativePathTest {
  @ParameterizedTest
  @CsvSource({
    "file:/photos, file:/photos/cats/1.jpg, cats/1.jpg",
    "file:/photos, file:///photos/1.jpg, 1.jpg",
    "file:///photos, file:/photos/1.jpg, 1.jpg",
    "file:/, file:/1.jpg, 1.jpg",
    "s3a://lab/, s3a://lab/cats/1.jpg, cats/1.jpg",
    "hdfs://name:8020/photos, hdfs://name:8020/photos/a b.jpg, a b.jpg"
  })
  void aFileIsNamedBelowTheFolder(String root, String file, String path) {
    assertEquals(path, PhotoListing.relative(root, file));
  }

  @ParameterizedTest
  @CsvSource({
    "file:/photos, file:/other/1.jpg",
    "file:/photos, file:/photos",
    "file:/photos, file:/photos-old/1.jpg"
  })
  void aFileElsewhereIsRefused(String root, String file) {
    assertThrows(IllegalArgumentException.class, () -> PhotoListing.relative(root, file));
  }
}
