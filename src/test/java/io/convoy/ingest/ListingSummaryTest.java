package io.convoy.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.labels.NamedClasses;
import io.convoy.settings.LabelRule;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListingSummaryTest {
  private static final List<String> CLASSES = List.of("dog", "cat");

  @TempDir Path disk;

  @Test
  void imagesAreCountedByClassAndInAll() {
    PhotoFolder folder =
        folder("photos")
            .put("cats/1.jpg", new byte[10])
            .put("a/b/dog.1.JPG", new byte[20])
            .put("dog.2.png", new byte[30])
            .put("bird.jpg", new byte[40])
            .put("Thumbs.db", new byte[50])
            .put(".hidden/cat.2.jpg", new byte[60]);

    ListingSummary scan = scan(folder.storage());

    assertEquals(4, scan.images());
    assertEquals(100, scan.bytes());
    assertEquals(List.of(2L, 1L), scan.perClass());
  }

  @Test
  void theFingerprintIsTheSameInAnyOrderAndPlace() {
    PhotoFolder one = folder("one").put("cat.1.jpg", new byte[1]).put("dog.1.jpg", new byte[2]);
    PhotoFolder two = folder("two").put("dog.1.jpg", new byte[2]).put("cat.1.jpg", new byte[1]);

    assertEquals(scan(one.storage()).fingerprint(), scan(two.storage()).fingerprint());
  }

  @Test
  void theFingerprintChangesWithAPathASizeOrATime() throws IOException {
    String before = scan(folder("a").put("cat.1.jpg", new byte[1]).storage()).fingerprint();
    PhotoFolder touched = folder("d").put("cat.1.jpg", new byte[1]);
    Files.setLastModifiedTime(disk.resolve("d/cat.1.jpg"), FileTime.fromMillis(1));

    assertNotEquals(
        before, scan(folder("b").put("cat.2.jpg", new byte[1]).storage()).fingerprint());
    assertNotEquals(
        before, scan(folder("c").put("cat.1.jpg", new byte[2]).storage()).fingerprint());
    assertNotEquals(before, scan(touched.storage()).fingerprint());
  }

  @Test
  void theFingerprintDoesNotChangeWithOtherFiles() {
    String before = scan(folder("a").put("cat.1.jpg", new byte[1]).storage()).fingerprint();
    PhotoFolder more = folder("b").put("cat.1.jpg", new byte[1]).put("Thumbs.db", new byte[1]);

    assertEquals(before, scan(more.storage()).fingerprint());
  }

  @Test
  void aMissingFolderIsNamed() {
    UserException e = assertThrows(UserException.class, () -> scan(folder("none").storage()));

    assertTrue(e.getMessage().contains(disk.resolve("none") + ": there is no such folder"));
  }

  @Test
  void aFileInsteadOfAFolderIsNamed() {
    folder(".").put("cat.1.jpg", new byte[1]);
    Storage file = Storage.at(disk.resolve("cat.1.jpg").toString(), new Configuration());

    UserException e = assertThrows(UserException.class, () -> scan(file));

    assertTrue(e.getMessage().contains("cat.1.jpg is a file"), e.getMessage());
  }

  @Test
  void aFolderWithoutAnImageIsNamed() {
    PhotoFolder folder = folder("texts").put("cat.txt", new byte[1]);

    UserException e = assertThrows(UserException.class, () -> scan(folder.storage()));

    assertTrue(e.getMessage().contains(disk.resolve("texts") + " has no image"), e.getMessage());
  }

  @Test
  void aClassWithoutAnImageIsNamed() {
    ListingSummary scan = scan(folder("cats").put("cat.1.jpg", new byte[1]).storage());

    UserException e =
        assertThrows(UserException.class, () -> scan.requireEachClass("/photos/cats"));

    assertTrue(
        e.getMessage().startsWith("/photos/cats: none of the images (1) is labelled dog"),
        e.getMessage());
  }

  @Test
  void twoClassesAreEnough() {
    ListingSummary scan =
        scan(
            folder("both")
                .put("cat.1.jpg", new byte[1])
                .put("cat.2.jpg", new byte[1])
                .put("dog.1.jpg", new byte[1])
                .put("dog.2.jpg", new byte[1])
                .storage());

    scan.requireEachClass("/photos");
  }

  @Test
  void aClassOfOnePhotoIsRefused() {
    ListingSummary scan =
        scan(
            folder("one")
                .put("cat.1.jpg", new byte[1])
                .put("cat.2.jpg", new byte[1])
                .put("dog.1.jpg", new byte[1])
                .storage());

    UserException e = assertThrows(UserException.class, () -> scan.requireEachClass("/photos"));

    assertEquals(
        "/photos: one image alone is labelled dog; a class needs two, one of them to train on: add"
            + " some, or move it out of the folder.",
        e.getMessage());
  }

  private PhotoFolder folder(String name) {
    return new PhotoFolder(disk.resolve(name));
  }

  private static ListingSummary scan(Storage folder) {
    return ListingSummary.of(
        PhotoListing.of(folder), new NamedClasses(CLASSES, LabelRule.FILE_NAME_OR_FOLDER));
  }
}
