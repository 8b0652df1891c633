package io.convoy.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.ingest.ListingSummary;
import io.convoy.ingest.PhotoFolder;
import io.convoy.ingest.PhotoListing;
import io.convoy.settings.LabelRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photos without a label are told by their folder, or by the beginning of their names. */
class LabelGroupsTest {
  @TempDir Path disk;

  private ListingSummary scan(LabelRule rule, String... paths) {
    PhotoFolder photos = new PhotoFolder(disk);
    for (String path : paths) {
      photos.put(path, new byte[1]);
    }
    return ListingSummary.of(
        PhotoListing.of(photos.storage()), new NamedClasses(List.of("dog", "cat"), rule));
  }

  private ListingSummary scan(String... paths) {
    return scan(LabelRule.FILE_NAME_OR_FOLDER, paths);
  }

  @Test
  void aFolderIsToldOnceWithItsPhotos() {
    assertEquals(
        List.of(
            "train/birds/ (2 photos): not among the classes [dog, cat]",
            "dogs/ (1 photo): two labels: the name says cat, the folder dog"),
        scan("train/birds/1.jpg", "train/birds/2.jpg", "dogs/cat.1.jpg", "cats/1.jpg")
            .labels()
            .faults());
  }

  @Test
  void namesAreToldByTheirBeginningWhereThereIsNoFolder() {
    assertEquals(
        List.of(
            "IMG* (2 photos): not among the classes [dog, cat]",
            "./ (1 photo): not among the classes [dog, cat]"),
        scan("IMG_1.jpg", "IMG_2.jpg", "7.jpg").labels().faults());
  }

  @Test
  void manyFoldersAreCut() {
    String[] paths = new String[12];
    for (int i = 0; i < paths.length; i++) {
      paths[i] = "bird" + (char) ('a' + i) + "/1.jpg";
    }
    List<String> faults = scan(paths).labels().faults();

    assertEquals(11, faults.size());
    assertEquals("and 2 others", faults.get(10));
  }

  @Test
  void twoFoldersThatAreNoClassesAreOfferedAsClasses() {
    assertEquals(
        Optional.of("--set images.classes=[cold,hot]"),
        scan("hot/1.jpg", "cold/1.jpg").labels().option());
  }

  @Test
  void twoBeginningsOfNamesAreOfferedAsClasses() {
    assertEquals(
        Optional.of("--set images.classes=[cold,hot]"),
        scan(LabelRule.FILE_NAME, "x/hot.1.jpg", "y/cold.1.jpg").labels().option());
  }

  @Test
  void namesThatAShellWouldReadAreQuoted() {
    assertEquals(
        Optional.of("--set 'images.classes=[\"Hot Dog\",\"l'\\''os\"]'"),
        scan("Hot Dog/1.jpg", "l'os/1.jpg").labels().option());
  }

  @Test
  void theOtherClassOfOneIsOffered() {
    assertEquals(
        Optional.of("--set images.classes=[cat,owl]"),
        scan("cats/1.jpg", "owl/1.jpg").labels().option());
  }

  @Test
  void severalFoldersAreOfferedAsClassesAndOfManyTheWayToFindThem() {
    assertEquals(
        Optional.of("--set images.classes=[a,b,c]"),
        scan("a/1.jpg", "b/1.jpg", "c/1.jpg").labels().option());
    String[] many = new String[11];
    for (int i = 0; i < many.length; i++) {
      many[i] = "bird" + (char) ('a' + i) + "/1.jpg";
    }
    assertEquals(Optional.of("--set images.classes=auto"), scan(many).labels().option());
  }

  @Test
  void aMissingClassIsToldWithWhatWasSeenAndTheOption() {
    ListingSummary scan = scan("cold/1.jpg", "cold/2.jpg", "hot/1.jpg");

    UserException e = assertThrows(UserException.class, () -> scan.requireEachClass("/photos"));

    assertEquals(
        "/photos: none of the images (3) is labelled dog; each class needs some. Seen: cold/ (2"
            + " photos), hot/ (1 photo). To learn these: --set images.classes=[cold,hot]",
        e.getMessage());
  }

  @Test
  void tooManyPhotosWithoutALabelAreRefusedByTheirNamesAlone() {
    ListingSummary scan = scan("cats/1.jpg", "dogs/1.jpg", "birds/1.jpg", "birds/2.jpg");

    UserException e =
        assertThrows(UserException.class, () -> scan.refuseTooManyUnlabelled("/photos", 0.01));

    assertTrue(
        e.getMessage().startsWith("/photos: 2 of 4 images have no label")
            && e.getMessage().contains("birds/ (2 photos): not among the classes [dog, cat]"),
        e.getMessage());
  }
}
