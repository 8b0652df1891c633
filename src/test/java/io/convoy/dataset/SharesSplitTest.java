package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.settings.SplitWay.ByShares;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesSplitTest {
  @ParameterizedTest
  @CsvSource({"00, TRAIN", "7f, TRAIN", "80, VALIDATION", "bf, VALIDATION", "c0, TEST", "ff, TEST"})
  void theHashAsAFractionDecidesTheShare(String start, Split split) {
    assertEquals(split, split(new ByShares(0.5, 0.25, 0.25), start + "0".repeat(62)));
  }

  @Test
  void withoutATestShareRoundingLeavesNoTestImages() {
    assertEquals(Split.VALIDATION, split(new ByShares(0.7, 0.3 - 1e-12, 0), "f".repeat(64)));
  }

  /** As where a group, such as a patient, has photos of both. */
  @Test
  void ofClassesThatShareGroupsEachHasOneInEachSplit() {
    List<String> groups = Stream.of("00", "10", "20", "f0").map(SharesSplitTest::hash).toList();
    List<LabelledPhoto> photos =
        Stream.concat(
                groups.subList(0, 3).stream().map(group -> photo(0, group)),
                groups.subList(1, 4).stream().map(group -> photo(1, group)))
            .toList();
    SharesSplit split = new SharesSplit(new ByShares(0.7, 0.15, 0.15), photos, LabelledPhoto::hash);
    for (int label : List.of(0, 1)) {
      assertEquals(
          EnumSet.allOf(Split.class),
          photos.stream()
              .filter(photo -> photo.label() == label)
              .map(split::of)
              .collect(Collectors.toSet()));
    }
  }

  private static String hash(String start) {
    return start + "0".repeat(62);
  }

  private static LabelledPhoto photo(int label, String hash) {
    return new LabelledPhoto(label + hash + ".jpg", label, hash, 1, 1);
  }

  /** No photo is moved for the sake of a class, as the data set has none. */
  private static Split split(ByShares shares, String hash) {
    return new SharesSplit(shares, List.of(), LabelledPhoto::hash)
        .of(new LabelledPhoto("cat.jpg", 0, hash, 1, 1));
  }
}
