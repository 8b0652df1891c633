package io.convoy.ingest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat.7.jpg",
        "CAT.7.JPG",
        "a/b/c.jpeg",
        "a.Png",
        "a.bmp",
        "a.webp",
        "a.jfif",
        "a.jpe"
      })
  void anImageIsKnownByItsExtension(String path) throws Exception {
    assertTrue(ImageFiles.isImage(path));
    assertTrue(new GlobFilter(ImageFiles.NAME_GLOB).accept(new Path("/photos", path)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Thumbs.db", "cat.txt", "jpg", "cat.jpg.txt", "cat.jpg~", "cat."})
  void anythingElseIsNoImage(String path) throws Exception {
    assertFalse(ImageFiles.isImage(path));
    assertFalse(new GlobFilter(ImageFiles.NAME_GLOB).accept(new Path("/photos", path)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".cat.7.jpg", "._cat.7.jpg", "_cat.jpg", ".trash/cat.jpg", "a/_b/cat.jpg"})
  void hiddenFilesTakeNoPart(String path) {
    assertFalse(ImageFiles.isImage(path));
  }
}
