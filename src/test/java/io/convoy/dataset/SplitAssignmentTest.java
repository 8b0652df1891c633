package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.settings.SplitLists;
import io.convoy.settings.SplitSettings;
import io.convoy.settings.SplitSettings.Duplicates;
import io.convoy.settings.SplitWay;
import io.convoy.settings.SplitWay.ByCounts;
import io.convoy.settings.SplitWay.ByShares;
import io.convoy.settings.SplitWay.Given;
import io.convoy.settings.SplitWay.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SplitAssignmentTest {
  private static final List<String> CLASSES = List.of("dog", "cat");
  private static final int DOG = 0;
  private static final int CAT = 1;
  private final List<LabelledPhoto> index = new ArrayList<>();

  @Test
  void countsTakeTheFirstOfEachClassInHashOrder() {
    for (int i = 0; i < 5; i++) {
      put("cat." + (9 - i), CAT, i);
      put("dog." + i, DOG, 10 + i);
    }

    assertEquals(
        "{cat.5=test 1, cat.6=test 0, cat.7=validation 0, cat.8=train 1, cat.9=train 0,"
            + " dog.0=train 2, dog.1=train 3, dog.2=validation 1, dog.3=test 2, dog.4=test 3}",
        assigned(new ByCounts(4, 2)).toString());
  }

  @Test
  void identicalFilesOfAClassFallOnOneSideAtTheBoundaryOfACount() {
    put("cat.a", CAT, 1);
    put("cat.b", CAT, 2);
    put("cat.c", CAT, 2);
    put("cat.d", CAT, 2);
    put("cat.e", CAT, 3);
    dogs();

    Map<String, String> split = assigned(new ByCounts(4, 2));

    assertEquals(
        List.of("train 0", "train 1", "train 2", "train 3", "test 0"),
        List.of("cat.a", "cat.b", "cat.c", "cat.d", "cat.e").stream().map(split::get).toList());
  }

  @Test
  void identicalFilesOfBothClassesFallOnOneSideByCounts() {
    put("cat.a", CAT, 1);
    put("cat.b", CAT, 2);
    put("cat.c", CAT, 60);
    put("cat.d", CAT, 70);
    put("dog.x", DOG, 60);
    put("dog.y", DOG, 80);

    Map<String, String> split = assigned(new ByCounts(2, 2));

    assertEquals("train 1", split.get("cat.c"));
    assertEquals("train 2", split.get("dog.x"));
  }

  @Test
  void identicalFilesOfBothClassesFallOnOneSideByShares() {
    for (int i = 0; i < 16; i++) {
      put("cat." + i, CAT, i * 16);
      put("dog." + i, DOG, i * 16);
    }

    Map<String, String> split = assigned(new ByShares(0.5, 0.25, 0.25));

    for (int i = 0; i < 16; i++) {
      assertEquals(side(split.get("cat." + i)), side(split.get("dog." + i)));
    }
    assertEquals(3, split.values().stream().map(SplitAssignmentTest::side).distinct().count());
  }

  @Test
  void addingImagesMovesNoneByShares() {
    ByShares shares = new ByShares(0.5, 0.25, 0.25);
    for (int i = 0; i < 16; i++) {
      put("cat." + i, CAT, i * 16);
    }
    Map<String, String> before = assigned(shares);
    dogs();

    Map<String, String> after = assigned(shares);

    before.forEach((path, split) -> assertEquals(side(split), side(after.get(path))));
  }

  @Test
  void aClassWithTooFewImagesIsToldWithTheNumbers() {
    UserException e =
        assertThrows(
            UserException.class,
            () -> new SplitNeeds(new ByCounts(5, 2), CLASSES).requireUsable(List.of(3L, 3L)));

    assertEquals(
        "split.counts asks for 4 of class cat (5 images for training and 2 for validation over all"
            + " classes), and there can be used 3: lower split.counts, or split by shares (--set"
            + " split.by=shares).",
        e.getMessage());
  }

  @Test
  void manyClassesWithTooFewImagesAreToldInOneShortLine() {
    List<String> classes = IntStream.range(0, 1000).mapToObj("c%d"::formatted).toList();
    SplitNeeds needs = new SplitNeeds(new ByCounts(4000, 1000), classes);
    UserException e =
        assertThrows(UserException.class, () -> needs.requireUsable(Collections.nCopies(1000, 3L)));

    assertTrue(
        e.getMessage().startsWith("split.counts asks for 5 of class c0, 5 of"), e::getMessage);
    assertTrue(
        e.getMessage().contains("5 of class c9 and 990 others (4,000 images"), e::getMessage);
  }

  @Test
  void aClassWithJustEnoughImagesIsNoError() {
    new SplitNeeds(new ByCounts(5, 2), CLASSES).requireUsable(List.of(3L, 4L));
  }

  @Test
  void eachSplitHasPhotosOfARareClass() {
    for (int i = 0; i < 200; i++) {
      put("dog." + i, DOG, i);
    }
    for (int i = 0; i < 5; i++) {
      put("cat." + i, CAT, i);
    }

    Map<String, String> split = assigned(new ByShares(0.7, 0.15, 0.15));

    assertEquals(
        List.of("train", "train", "train", "validation", "test"),
        List.of(0, 1, 2, 3, 4).stream().map(i -> side(split.get("cat." + i))).toList());
  }

  @Test
  void onlyAsManyPhotosMoveAsHalfOfTheShareAsks() {
    for (int i = 0; i < 100; i++) {
      put("cat." + i, CAT, i);
    }

    Map<String, String> split = assigned(new ByShares(0.5, 0.25, 0.25));

    assertEquals("train", side(split.get("cat.75")));
    assertEquals("validation", side(split.get("cat.76")));
    assertEquals("validation", side(split.get("cat.87")));
    assertEquals("test", side(split.get("cat.88")));
  }

  @Test
  void aClassOfFewerPhotosThanSplitsTrainsFirst() {
    put("cat.0", CAT, 250);
    put("cat.1", CAT, 251);
    dogs();

    Map<String, String> split = assigned(new ByShares(0.7, 0.15, 0.15));

    assertEquals("train", side(split.get("cat.0")));
    assertEquals("validation", side(split.get("cat.1")));
  }

  @Test
  void copiesMoveTogether() {
    for (int i = 0; i < 6; i++) {
      put("cat." + i, CAT, i / 2);
    }

    Map<String, String> split = assigned(new ByShares(0.7, 0.15, 0.15));

    assertEquals(
        List.of("train", "train", "validation", "validation", "test", "test"),
        List.of(0, 1, 2, 3, 4, 5).stream().map(i -> side(split.get("cat." + i))).toList());
  }

  @Test
  void aSplitWithoutAShareGetsNone() {
    put("cat.0", CAT, 1);
    put("cat.1", CAT, 2);

    assertEquals(
        List.of("train", "train"),
        assigned(new ByShares(1, 0, 0)).values().stream().map(SplitAssignmentTest::side).toList());
  }

  @Test
  void photosOfAGroupFallOnOneSideByShares() {
    for (int i = 0; i < 100; i++) {
      put("p" + i / 5 + "/cat." + i, CAT, i);
      put("p" + i / 5 + "/dog." + i, DOG, 255 - i);
    }

    Map<String, String> split = grouped(new ByShares(0.6, 0.2, 0.2));

    for (int i = 0; i < 100; i++) {
      assertEquals(
          side(split.get("p" + i / 5 + "/cat." + i / 5 * 5)),
          side(split.get("p" + i / 5 + "/cat." + i)));
      assertEquals(
          side(split.get("p" + i / 5 + "/cat." + i)), side(split.get("p" + i / 5 + "/dog." + i)));
    }
    assertEquals(3, split.values().stream().map(SplitAssignmentTest::side).distinct().count());
  }

  @Test
  void aGroupAcrossTheEndOfACountFallsIntoTheEarlierSplit() {
    for (int i = 0; i < 40; i++) {
      put("p" + i / 4 + "/cat." + i, CAT, i);
      put("p" + i / 4 + "/dog." + i, DOG, 255 - i);
    }

    Map<String, String> split = grouped(new ByCounts(20, 20));

    for (int i = 0; i < 40; i++) {
      assertEquals(
          side(split.get("p" + i / 4 + "/cat." + i / 4 * 4)),
          side(split.get("p" + i / 4 + "/dog." + i)));
    }
    assertEquals(24, split.values().stream().filter(each -> side(each).equals("train")).count());
    assertEquals(
        16, split.values().stream().filter(each -> side(each).equals("validation")).count());
  }

  @Test
  void groupsThatShareAPhotoFallOnOneSide() {
    for (int i = 0; i < 40; i++) {
      put("p" + i + "/cat.a", CAT, 10 + i);
      put("p" + i + "/cat.b", CAT, 11 + i);
    }
    dogs();

    Map<String, String> split = grouped(new ByShares(0.4, 0.3, 0.3));

    for (int i = 0; i < 40; i++) {
      assertEquals(side(split.get("p0/cat.a")), side(split.get("p" + i + "/cat.b")));
    }
  }

  @Test
  void aPartOfTrainingValidatesWhereNoPhotoIsGivenToValidation() {
    for (int i = 0; i < 100; i++) {
      put("train/cat." + i, CAT, 2 * i);
      put("train/dog." + i, DOG, 2 * i + 1);
      put("test/cat." + i, CAT, 255 - 2 * i);
    }

    Map<String, String> split = given(0.1, Duplicates.KEEP);

    split.forEach(
        (path, of) -> assertEquals(path.startsWith("test"), side(of).equals("test"), path));
    long validation = split.values().stream().filter(of -> side(of).equals("validation")).count();
    assertEquals(10, validation, 6.0);
  }

  @Test
  void givenValidationIsTakenAsItIs() {
    put("train/cat.0", CAT, 1);
    put("val/cat.1", CAT, 2);
    put("train/dog.0", DOG, 3);

    assertEquals(
        "{train/cat.0=train 0, train/dog.0=train 1, val/cat.1=validation 0}",
        given(0.5, Duplicates.KEEP).toString());
  }

  @Test
  void trainingPhotosOfTheTestAreLeftOutIfAsked() {
    put("train/cat.0", CAT, 1);
    put("train/cat.1", CAT, 2);
    put("test/cat.2", CAT, 2);
    put("train/dog.0", DOG, 3);

    assertEquals("train 1", given(0, Duplicates.KEEP).get("train/cat.1"));
    assertEquals(
        "{test/cat.2=test 0, train/cat.0=train 0, train/dog.0=train 1}",
        given(0, Duplicates.REMOVE_FROM_TRAIN).toString());
  }

  @Test
  void aClassWithoutTrainingPhotosIsRefused() {
    put("test/cat.0", CAT, 1);
    put("train/dog.0", DOG, 2);
    SplitAssignment split =
        new SplitAssignment(
            SplitSettings.of(folders(0)),
            CLASSES,
            new SplitFolders(CLASSES)::of,
            path -> Optional.empty());

    UserException e =
        assertThrows(UserException.class, () -> split.counts(split.assign(index), 1, 1));

    assertTrue(
        e.getMessage().startsWith("The split leaves no photo for training to class cat: "),
        e.getMessage());
  }

  @Test
  @Timeout(20)
  void aThousandClassesAreSplitInSeconds() {
    List<String> classes = IntStream.range(0, 1_000).mapToObj(i -> "c" + i).toList();
    for (int i = 0; i < 100_000; i++) {
      String hash = DigestUtils.sha256Hex("photo " + i);
      index.add(new LabelledPhoto("c" + i % 1_000 + "/" + i, i % 1_000, hash, 1, 1));
    }
    SplitAssignment split =
        new SplitAssignment(
            SplitSettings.of(new ByShares(0.7, 0.15, 0.15)),
            classes,
            path -> Optional.empty(),
            path -> Optional.empty());

    assertEquals(1_000, split.counts(split.assign(index), 1, 1).get(Split.TEST).perClass().size());
  }

  private static Given folders(double validationFromTrain) {
    SplitLists.Names none = new SplitLists.Names(Optional.empty(), List.of());
    return new Given(Source.FOLDERS, new SplitLists(none, none, none), validationFromTrain);
  }

  private Map<String, String> given(double validationFromTrain, Duplicates duplicates) {
    return assigned(
        new SplitSettings(folders(validationFromTrain), Optional.empty(), duplicates),
        new SplitFolders(CLASSES)::of,
        path -> Optional.empty());
  }

  /** By their folders. */
  private Map<String, String> grouped(SplitWay way) {
    return assigned(
        SplitSettings.of(way),
        path -> Optional.empty(),
        path -> path.contains("/") ? Optional.of(path.split("/", 2)[0]) : Optional.empty());
  }

  private void dogs() {
    for (int i = 0; i < 5; i++) {
      put("dog." + i, DOG, 100 + i);
    }
  }

  /** The first byte of the hash decides the order and the share. */
  private void put(String path, int label, int firstByte) {
    index.add(new LabelledPhoto(path, label, "%02x".formatted(firstByte) + "0".repeat(62), 1, 1));
  }

  /** Split and position of each path. */
  private Map<String, String> assigned(SplitWay way) {
    return assigned(SplitSettings.of(way), path -> Optional.empty(), path -> Optional.empty());
  }

  private Map<String, String> assigned(
      SplitSettings settings,
      Function<String, Optional<Split>> given,
      Function<String, Optional<String>> groups) {
    Map<String, String> assigned = new TreeMap<>();
    new SplitAssignment(settings, CLASSES, given, groups)
        .assign(index)
        .forEach(
            (split, photos) ->
                photos.forEach(
                    photo ->
                        assigned.put(photo.path(), split.key() + " " + photos.indexOf(photo))));
    return assigned;
  }

  private static String side(String assigned) {
    return assigned.split(" ", 2)[0];
  }
}
