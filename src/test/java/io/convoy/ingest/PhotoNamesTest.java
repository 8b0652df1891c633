package io.convoy.ingest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoNamesTest {
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
    assertTrue(PhotoNames.isImage(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Thumbs.db", "cat.txt", "jpg", "cat.jpg.txt", "cat.jpg~", "cat."})
  void anythingElseIsNoImage(String path) {
    assertFalse(PhotoNames.isImage(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {".cat.7.jpg", "._cat.7.jpg", ".trash/cat.jpg", "a/.thumbnails/cat.jpg"})
  void hiddenFilesTakeNoPart(String path) {
    assertFalse(PhotoNames.isImage(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"_DSC0001.JPG", "cats/_MG_1234.jpg", "_raw/cat.jpg", "__cat.jpg"})
  void camerasBeginNamesWithAnUnderscore(String path) {
    assertTrue(PhotoNames.isImage(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@eaDir/cat.jpg/SYNOPHOTO_THUMB_XL.jpg",
        "cats/#recycle/cat.jpg",
        ".@__thumb/cat.jpg",
        "__MACOSX/cats/cat.jpg",
        "$RECYCLE.BIN/cat.jpg",
        "lost+found/cat.jpg",
        ".Trash-1000/files/cat.jpg",
        ".picasaoriginals/cat.jpg",
        "2024 Previews.lrdata/cat.jpg",
        "cats/_temporary/0/cat.jpg"
      })
  void thumbnailsCachesAndBinsAreNoPhotos(String path) {
    assertFalse(PhotoNames.isImage(path));
  }
}
