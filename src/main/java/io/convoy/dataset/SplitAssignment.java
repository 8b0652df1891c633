package io.convoy.dataset;

import io.convoy.failure.UserException;
import io.convoy.settings.SplitSettings;
import io.convoy.settings.SplitSettings.ByCounts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Gives each photo its split and its position in it, from 0 in the order of the hashes. */
final class SplitAssignment {
  private final SplitSettings settings;
  private final List<String> classes;

  SplitAssignment(SplitSettings settings, List<String> classes) {
    this.settings = settings;
    this.classes = classes;
  }

  /**
   * Assigns photos.
   *
   * @param photos in any order
   * @return the photos of each split; the index of each in its list is its position
   */
  Map<Split, List<LabelledPhoto>> assign(List<LabelledPhoto> photos) {
    List<LabelledPhoto> inOrder = photos.stream().sorted(LabelledPhoto.BY_HASH).toList();
    Function<LabelledPhoto, Split> split =
        settings.match(
            shares -> new SharesSplit(shares, inOrder, classes.size())::of,
            counts -> byCounts(inOrder, counts));
    Map<Split, List<LabelledPhoto>> bySplit = new EnumMap<>(Split.class);
    for (Split each : Split.values()) {
      bySplit.put(each, new ArrayList<>());
    }
    inOrder.forEach(photo -> bySplit.get(split.apply(photo)).add(photo));
    return bySplit;
  }

  /**
   * The first photos of each class train. Byte-identical files share the earliest split of any of
   * them, whatever their labels.
   */
  private Function<LabelledPhoto, Split> byCounts(List<LabelledPhoto> inOrder, ByCounts counts) {
    int[] ranks = new int[classes.size()];
    Map<String, Split> byHash = new HashMap<>();
    for (LabelledPhoto photo : inOrder) {
      int label = photo.label();
      int rank = ++ranks[label];
      int train = counts.trainPart(label, classes.size());
      int notTest = train + counts.validationPart(label, classes.size());
      Split split = rank <= train ? Split.TRAIN : rank <= notTest ? Split.VALIDATION : Split.TEST;
      byHash.merge(photo.hash(), split, BinaryOperator.minBy(Comparator.naturalOrder()));
    }
    return photo -> byHash.get(photo.hash());
  }

  /**
   * Counts the photos of each split.
   *
   * @param assigned the photos of each split
   * @param recordBytes bytes of an example
   * @param shardBytes at most this many bytes a shard
   * @throws UserException if there are too few photos
   */
  Map<Split, SplitCounts> counts(
      Map<Split, List<LabelledPhoto>> assigned, int recordBytes, long shardBytes) {
    Long[] all = Collections.nCopies(classes.size(), 0L).toArray(Long[]::new);
    Map<Split, SplitCounts> counts = new EnumMap<>(Split.class);
    assigned.forEach(
        (split, photos) -> {
          Integer[] perClass = Collections.nCopies(classes.size(), 0).toArray(Integer[]::new);
          for (LabelledPhoto photo : photos) {
            perClass[photo.label()]++;
            all[photo.label()]++;
          }
          counts.put(split, SplitCounts.of(List.of(perClass), recordBytes, shardBytes));
        });
    new SplitNeeds(settings, classes).requireUsable(List.of(all));
    return counts;
  }
}
