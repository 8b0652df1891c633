package io.convoy.ingest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
  void anImageIsKnownByItsExtension(String path) {
    assertTrue(ImageFiles.isImage(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Thumbs.db", "cat.txt", "jpg", "cat.jpg.txt", "cat.jpg~", "cat."})
  void anythingElseIsNoImage(String path) {
    assertFalse(ImageFiles.isImage(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".cat.7.jpg", "._cat.7.jpg", "_cat.jpg", ".trash/cat.jpg", "a/_b/cat.jpg"})
  void hiddenFilesTakeNoPart(String path) {
    assertFalse(ImageFiles.isImage(path));
  }
}
