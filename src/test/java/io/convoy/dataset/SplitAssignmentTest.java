package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.settings.SplitSettings;
import io.convoy.settings.SplitSettings.ByCounts;
import io.convoy.settings.SplitSettings.ByShares;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
  private Map<String, String> assigned(SplitSettings settings) {
    Map<String, String> assigned = new TreeMap<>();
    new SplitAssignment(settings, CLASSES)
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
