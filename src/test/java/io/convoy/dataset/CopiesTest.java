package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.dataset.Copies.Photo;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CopiesTest {
  private final Copies copies = new Copies();

  @Test
  void differentPhotosAreNoCopies() {
    put("one", "a.jpg", "cat", Split.TRAIN);
    put("two", "b.jpg", "cat", Split.TEST);

    assertEquals(List.of(), copies.remarks());
  }

  @Test
  void copiesInTwoSplitsAreCountedAndToldWithAPair() {
    put("one", "train/b.jpg", "cat", Split.TRAIN);
    put("two", "train/a.jpg", "cat", Split.TRAIN);
    put("one", "test/b.jpg", "cat", Split.TEST);
    put("two", "test/a.jpg", "cat", Split.TEST);

    assertRemarks(
        "2 photos are there in two splits, such as train/a.jpg and test/a.jpg (train and test): ");
  }

  @Test
  void aCopyInAnotherSplitUnderAnotherLabelIsBoth() {
    put("one", "a.jpg", "cat", Split.TRAIN);
    put("one", "b.jpg", "dog", Split.VALIDATION);

    assertRemarks(
        "1 photo is there under two labels, such as a.jpg and b.jpg (cat and dog): ",
        "1 photo is there in two splits, such as a.jpg and b.jpg (train and validation): ");
  }

  @Test
  void aPhotoInValidationAndTestIsNotSaidToHaveTrained() {
    put("one", "val/a.jpg", "cat", Split.VALIDATION);
    put("one", "test/a.jpg", "cat", Split.TEST);

    assertRemarks(
        "1 photo is there in two splits, such as val/a.jpg and test/a.jpg (validation and test): ");
    String remark = copies.remarks().get(0);
    assertTrue(remark.contains("not independent"), remark);
    assertTrue(remark.contains("no setting removes"), remark);
    assertFalse(remark.contains("split.duplicates"), remark);
  }

  @Test
  void onlyPhotosThatTrainedAreCountedAsThoseThatDid() {
    put("one", "val/a.jpg", "cat", Split.VALIDATION);
    put("one", "test/a.jpg", "cat", Split.TEST);
    put("two", "train/b.jpg", "cat", Split.TRAIN);
    put("two", "test/b.jpg", "cat", Split.TEST);

    assertRemarks(
        "1 photo is there in two splits, such as train/b.jpg and test/b.jpg (train and test): ",
        "1 photo is there in two splits, such as val/a.jpg and test/a.jpg (validation and test): ");
    assertTrue(copies.remarks().get(0).contains("split.duplicates=remove-from-train"));
  }

  @Test
  void aPhotoInAllSplitsIsToldOfBothWaysInWhateverOrderItsCopiesCome() {
    put("one", "a.jpg", "cat", Split.VALIDATION);
    put("one", "b.jpg", "cat", Split.TEST);
    put("one", "c.jpg", "cat", Split.TRAIN);
    put("one", "d.jpg", "cat", Split.TRAIN);

    assertRemarks(
        "2 photos are there in two splits, such as c.jpg and a.jpg (train and validation): ",
        "1 photo is there in two splits, such as a.jpg and b.jpg (validation and test): ",
        "1 photo is there more than once, such as c.jpg and d.jpg: ");
  }

  @Test
  void copiesOfOneSplitAndLabelAreTold() {
    put("one", "a.jpg", "cat", Split.TRAIN);
    put("one", "b.jpg", "cat", Split.TRAIN);
    put("one", "c.jpg", "cat", Split.TRAIN);

    assertRemarks("2 photos are there more than once, such as a.jpg and b.jpg: ");
  }

  private void put(String hash, String path, String className, Split split) {
    copies.add(hash, new Photo(path, className, Optional.of(split)));
  }

  private void assertRemarks(String... starts) {
    List<String> remarks = copies.remarks();
    assertEquals(starts.length, remarks.size(), remarks::toString);
    for (int i = 0; i < starts.length; i++) {
      assertTrue(remarks.get(i).startsWith(starts[i]), remarks.get(i));
    }
  }
}
