package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.dataset.DatasetTables.Example;
import io.convoy.failure.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

class FoldsTest {
  private static final List<String> CLASSES = List.of("dog", "cat", "bird");
  private final List<Example> examples = new ArrayList<>();

  private void add(int label, String group) {
    String hash = DigestUtils.sha256Hex("photo " + examples.size());
    examples.add(
        new Example(
            new LabelledPhoto("p" + examples.size(), label, hash, 1, 1),
            Split.TRAIN,
            examples.size(),
            group.isEmpty() ? hash : group));
  }

  private void add(int photos, int label, String group) {
    for (int i = 0; i < photos; i++) {
      add(label, group);
    }
  }

  private long validated(Folds folds, int fold, int label) {
    return folds.validated(fold).stream().filter(each -> each.photo().label() == label).count();
  }

  @Test
  void eachPhotoValidatesOnceAndTrainsInAllOtherFolds() {
    add(17, 0, "");
    add(9, 1, "");
    add(5, 2, "");
    Folds folds = Folds.of(examples, 4, CLASSES);

    int[] validated =
        IntStream.rangeClosed(1, 4)
            .flatMap(fold -> Arrays.stream(folds.validation(fold)))
            .sorted()
            .toArray();

    assertEquals(
        IntStream.range(0, 31).boxed().toList(), Arrays.stream(validated).boxed().toList());
    for (int fold = 1; fold <= 4; fold++) {
      assertEquals(
          IntStream.range(0, 31).boxed().toList(),
          IntStream.concat(Arrays.stream(folds.train(fold)), Arrays.stream(folds.validation(fold)))
              .sorted()
              .boxed()
              .toList());
    }
  }

  @Test
  void everyClassIsSpreadEvenly() {
    add(43, 0, "");
    add(21, 1, "");
    add(6, 2, "");
    Folds folds = Folds.of(examples, 5, CLASSES);

    for (int fold = 1; fold <= 5; fold++) {
      assertTrue(List.of(8L, 9L).contains(validated(folds, fold, 0)));
      assertTrue(List.of(4L, 5L).contains(validated(folds, fold, 1)));
      assertTrue(List.of(1L, 2L).contains(validated(folds, fold, 2)));
      assertEquals(14, folds.validation(fold).length, 1);
      for (int label = 0; label < 3; label++) {
        assertEquals(
            List.of(43L, 21L, 6L).get(label),
            folds.trainPerClass(fold, 3).get(label) + validated(folds, fold, label));
      }
    }
  }

  @Test
  void photosOfAGroupAreInOneFoldAndGroupsAreSpreadByTheirClasses() {
    for (int group = 0; group < 12; group++) {
      add(3 + group % 5, group % 2, "group " + group);
    }
    Folds folds = Folds.of(examples, 3, List.of("dog", "cat"));

    for (Example one : examples) {
      for (Example other : examples) {
        if (one.group().equals(other.group())) {
          assertEquals(folds.foldOf()[one.position()], folds.foldOf()[other.position()]);
        }
      }
    }
    for (int fold = 1; fold <= 3; fold++) {
      assertTrue(validated(folds, fold, 0) >= 7 && validated(folds, fold, 0) <= 13);
      assertTrue(validated(folds, fold, 1) >= 7 && validated(folds, fold, 1) <= 13);
    }
  }

  @Test
  void theyDoNotDependOnTheOrderOfThePhotos() {
    add(30, 0, "");
    add(30, 1, "");

    Map<String, Integer> before = foldOfPath(Folds.of(examples, 3, CLASSES));
    Collections.reverse(examples);

    assertEquals(before, foldOfPath(Folds.of(examples, 3, CLASSES)));
  }

  private static Map<String, Integer> foldOfPath(Folds folds) {
    Map<String, Integer> byPath = new TreeMap<>();
    for (int i = 0; i < folds.foldOf().length; i++) {
      byPath.put(folds.examples().get(i).photo().path(), folds.foldOf()[i]);
    }
    return byPath;
  }

  @Test
  void aClassThatNoFoldButOneHasIsRefused() {
    add(10, 0, "");
    add(10, 1, "");
    add(4, 2, "one bird");

    UserException refused = assertThrows(UserException.class, () -> Folds.of(examples, 3, CLASSES));

    assertTrue(
        refused.getMessage().contains("the class bird (4) all fall into one fold"),
        refused.getMessage());
  }

  @Test
  void moreFoldsThanPhotosThatMayBePartedAreRefused() {
    add(3, 0, "a");
    add(3, 1, "b");

    UserException refused = assertThrows(UserException.class, () -> Folds.of(examples, 3, CLASSES));

    assertEquals(
        "train.folds = 3, but 6 training and validation photos come to 2 that may be parted; set"
            + " train.folds to at most that, or add photos.",
        refused.getMessage());
  }
}
