package io.convoy.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.labels.LabelRow;
import io.convoy.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelledPhotosTest {
  private static final byte[] PHOTO = {1, 2, 3};

  @TempDir Path place;
  private PhotoFolder photos;

  @BeforeEach
  void putPhotos() {
    photos = new PhotoFolder(place.resolve("photos"));
    for (String path : List.of("a.jpg", "b.JPG", "deep/c d.png", "100%25.jpg")) {
      photos.put(path, PHOTO);
    }
  }

  private static LabelRow row(String path, String label) {
    return new LabelRow(path, label, "", "");
  }

  /** Rows for all photos, the last ones of which come last. */
  private static List<LabelRow> all(LabelRow... last) {
    List<LabelRow> rows =
        new ArrayList<>(
            List.of(
                row("a.jpg", "cat"),
                row("b.JPG", "dog"),
                row("deep/c d.png", "cat"),
                row("100%25.jpg", "dog")));
    rows.addAll(List.of(last));
    return rows;
  }

  private LabelledPhotos join(List<LabelRow> rows, String... classes) {
    return LabelledPhotos.of(
        Storage.at(place.resolve("labels.csv").toString(), new Configuration()),
        rows,
        PhotoListing.evenIfEmpty(photos.storage()),
        List.of(classes));
  }

  private String refusal(List<LabelRow> rows, String... classes) {
    String message = assertThrows(UserException.class, () -> join(rows, classes)).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  private static Map<String, String> labels(LabelledPhotos photos) {
    return photos.listing().photos().stream()
        .map(PhotoFile::path)
        .filter(path -> photos.labels().label(path).isPresent())
        .collect(
            Collectors.toMap(
                path -> path,
                path -> photos.labels().classes().get(photos.labels().label(path).getAsInt())));
  }

  @Test
  void eachPhotoHasTheLabelOfItsRow() {
    LabelledPhotos found = join(all());

    assertEquals(List.of("cat", "dog"), found.labels().classes());
    assertEquals(
        Map.of("a.jpg", "cat", "b.JPG", "dog", "deep/c d.png", "cat", "100%25.jpg", "dog"),
        labels(found));
    assertEquals(List.of(), found.faults());
  }

  @Test
  void theOrderOfAListIsThatOfTheLabels() {
    LabelledPhotos found = join(all(), "Dog", "Cat");

    assertEquals(OptionalInt.of(1), found.labels().label("a.jpg"));
    assertEquals(List.of("Dog", "Cat"), found.labels().classes());
  }

  @ParameterizedTest
  @CsvSource({
    "./a.jpg, a.jpg",
    "a, a.jpg",
    "A.JPG, a.jpg",
    "b.jpg, b.JPG",
    "b, b.JPG",
    ".\\deep\\c d.png, deep/c d.png",
    "deep//c d, deep/c d.png",
    "100%25, 100%25.jpg"
  })
  void aPhotoIsFoundHoweverItIsCalled(String name, String path) {
    LabelledPhotos found = join(List.of(row(name, "x")), "x", "y");

    assertEquals(Map.of(path, "x"), labels(found));
  }

  @Test
  void ofPhotosThatDifferByCapitalsTheExactOneIsMeant() {
    photos.put("A.jpg", PHOTO);

    assertEquals(Map.of("A.jpg", "x"), labels(join(List.of(row("A.jpg", "x")), "x", "y")));
  }

  @Test
  void aNameThatSeveralPhotosHaveIsRejected() {
    photos.put("a.png", PHOTO);

    LabelledPhotos found = join(all(row("a.png", "dog"), row("a", "dog")));

    assertEquals(
        "the name in labels.csv is that of several photos: a.jpg, a.png",
        found.labels().whyNone("a"));
  }

  @Test
  void wholeAddressesOfPhotosInTheFolderAreTakenToo() {
    String folder = photos.storage().toString();

    LabelledPhotos found =
        join(
            List.of(
                row(folder + "/a.jpg", "x"),
                row(folder + "/deep/c%20d.png", "y"),
                row(place.resolve("photos/b.JPG").toString(), "y"),
                row("file://" + place.resolve("photos/100%25.jpg"), "y")));

    assertEquals(
        Map.of("a.jpg", "x", "deep/c d.png", "y", "b.JPG", "y", "100%25.jpg", "y"), labels(found));
  }

  @Test
  void photosElsewhereAreReadFromTheirAddresses() throws RejectedFileException {
    PhotoFolder other = new PhotoFolder(place.resolve("other place"));
    other.put("cats/e.jpg", PHOTO);
    String address = other.storage() + "/cats/e.jpg";

    LabelledPhotos found =
        join(all(row(place.resolve("other place/cats/e.jpg").toString(), "bird")));

    assertEquals("bird", labels(found).get(address));
    PhotoFile file =
        found.listing().photos().stream()
            .filter(photo -> photo.path().equals(address))
            .findFirst()
            .orElseThrow();
    assertEquals(PHOTO.length, file.bytes());
    assertEquals(PHOTO.length, photos.storage().file(file.path()).read().length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gone.jpg", "/nowhere/gone.jpg", "C:\\photos\\gone.jpg", "../a.jpg"})
  void aRowWithoutAPhotoIsRejected(String name) {
    LabelledPhotos found = join(all(row(name, "dog")));

    assertEquals("labels.csv names it, and it is not there", found.labels().whyNone(name));
    assertTrue(
        found.listing().photos().stream()
            .anyMatch(photo -> photo.path().equals(name) && !photo.fault().isEmpty()));
    assertEquals(
        List.of("1 photo, such as " + name + ": labels.csv names it, and it is not there"),
        found.faults());
  }

  @Test
  void aPhotoWithoutARowIsRejected() {
    LabelledPhotos found = join(all().subList(0, 3));

    assertEquals("no row of labels.csv names it", found.labels().whyNone("100%25.jpg"));
  }

  @Test
  void rowsThatDisagreeAreRejected() {
    LabelledPhotos found = join(all(row("./a.jpg", "dog")));

    assertEquals(
        "rows of labels.csv disagree: labels cat and dog", found.labels().whyNone("a.jpg"));
  }

  @Test
  void rowsThatDisagreeAboutTheSplitAreRejected() {
    LabelledPhotos found = join(all(new LabelRow("a.jpg", "cat", "test", "")));

    assertEquals(
        "rows of labels.csv disagree: splits none and test", found.labels().whyNone("a.jpg"));
  }

  @Test
  void aRowThatIsThereTwiceIsOne() {
    assertEquals(List.of(), join(all(row("a.jpg", "CAT"))).faults());
  }

  @Test
  void anEmptyLabelAndAnEmptyPathAreRejected() {
    photos.put("e.jpg", PHOTO);

    LabelledPhotos found = join(all(row("e.jpg", ""), row("", "cat"), row("", "dog")));

    assertEquals(
        List.of(
            "2 photos, such as labels.csv, row without a path 1: a row of labels.csv has no path",
            "1 photo, such as e.jpg: it has no label in labels.csv"),
        found.faults());
  }

  @Test
  void classesAreInTheOrderOfTheirText() {
    LabelledPhotos found =
        join(List.of(row("a", "10"), row("b", "9"), row("deep/c d", "b"), row("100%25", "B")));

    assertEquals(List.of("10", "9", "B"), found.labels().classes());
  }

  @Test
  void wholeNumbersAreInTheirOrder() {
    LabelledPhotos found =
        join(List.of(row("a", "10"), row("b", "9"), row("deep/c d", "-1"), row("100%25", "9")));

    assertEquals(List.of("-1", "9", "10"), found.labels().classes());
  }

  @Test
  void splitsAndGroupsAreKnownByThePath() {
    LabelledPhotos found =
        join(
            List.of(
                new LabelRow("a", "x", "train", "tom"),
                new LabelRow("b", "y", "Test", ""),
                row("deep/c d", "x")));

    assertEquals(Map.of("a.jpg", "train", "b.JPG", "Test"), found.splits());
    assertEquals(Map.of("a.jpg", "tom"), found.groups());
  }

  @Test
  void ofSomePhotosTheFaultsOfTheOthersDoNotCount() {
    LabelledPhotos found = join(all(row("gone.jpg", "cat")).subList(1, 5));
    PhotoListing all = found.listing();

    LabelledPhotos some =
        found.with(
            new PhotoListing(
                all.folder(),
                all.photos().stream().filter(photo -> photo.fault().isEmpty()).toList(),
                all.passedOver()));

    some.requireFewFaults(0);
    assertNotEquals(found.labels().key(), some.labels().key());
  }

  @Test
  void tooManyFaultsAreRefusedWithWhatTheyAre() {
    LabelledPhotos found = join(all(row("gone.jpg", "cat")).subList(1, 5));

    found.requireFewFaults(0.4);
    String message =
        assertThrows(UserException.class, () -> found.requireFewFaults(0.3)).getMessage();
    assertTrue(message.contains("2 of 5 cannot be used"), message);
    assertTrue(message.contains("such as gone.jpg: labels.csv names it"), message);
    assertTrue(message.contains("such as a.jpg: no row of labels.csv"), message);
  }

  @Test
  void aTableOfOtherPhotosIsRefused() {
    String message = refusal(List.of(row("train/x.jpg", "cat"), row("train/y.jpg", "dog")));

    assertTrue(message.contains("names like train/x.jpg"), message);
    assertTrue(message.contains("photos like 100%25.jpg"), message);
  }

  @Test
  void aLabelThatNoListNamesIsRefused() {
    String message = refusal(all(), "cat", "bird");

    assertTrue(
        message.contains(
            "labels 2 photos dog, such as 100%25.jpg, and that is none of images.classes [cat, bird]"),
        message);
    assertTrue(message.contains("--set images.classes=auto"), message);
  }

  @Test
  void oneLabelAloneIsRefused() {
    String message = refusal(List.of(row("a", "cat"), row("b", "Cat")));

    assertTrue(message.contains("labels all its photos Cat; two classes are needed"), message);
  }

  @Test
  void aColumnWithoutLabelsIsRefused() {
    String message = refusal(List.of(row("a", ""), row("b", "")));

    assertTrue(message.contains("--set labels.label=breed"), message);
  }

  @Test
  void aLabelThatNoFolderMayHaveIsRefused() {
    String message = refusal(List.of(row("a", "cat"), row("b", "cat/big")));

    assertTrue(message.contains("cannot be the name of a class: cat/big"), message);
  }

  @Test
  void addressesOnTheWebAreRefused() {
    String message = refusal(all(row("https://example.org/a.jpg", "cat")));

    assertTrue(message.contains("download them"), message);
  }

  @Test
  void anUnknownFileSystemIsRefused() {
    String message = refusal(all(row("nosuch://bucket/a.jpg", "cat")));

    assertTrue(message.contains("nosuch://bucket/"), message);
  }

  @Test
  void theKeyChangesWithLabelsAndFaultsAlone() {
    String key = join(all()).labels().key();

    assertEquals(key, join(all(row("a", "cat"))).labels().key());
    assertNotEquals(key, join(all(row("a", "dog"))).labels().key());
    assertNotEquals(key, join(all(row("gone.jpg", "dog"))).labels().key());
    assertNotEquals(key, join(all(), "dog", "cat").labels().key());
  }
}
