package io.convoy.dataset;

import io.convoy.failure.UserException;
import io.convoy.settings.SplitSettings;
import io.convoy.settings.SplitSettings.ByCounts;
import io.convoy.settings.SplitSettings.ByShares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

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
   * @return the photos in the order of splits and positions
   */
  List<AssignedPhoto> assign(List<IndexedPhoto> photos) {
    List<IndexedPhoto> inOrder = photos.stream().sorted(IndexedPhoto.BY_HASH).toList();
    Function<IndexedPhoto, Split> split = rule(inOrder);
    Map<Split, List<IndexedPhoto>> bySplit =
        inOrder.stream()
            .collect(
                Collectors.groupingBy(
                    split, () -> new EnumMap<>(Split.class), Collectors.toList()));
    List<AssignedPhoto> assigned = new ArrayList<>(photos.size());
    bySplit.forEach(
        (of, members) -> {
          for (int position = 0; position < members.size(); position++) {
            assigned.add(new AssignedPhoto(members.get(position), of, position));
          }
        });
    return assigned;
  }

  private Function<IndexedPhoto, Split> rule(List<IndexedPhoto> inOrder) {
    return settings.match(
        shares -> byShares(inOrder, shares),
        counts -> {
          Map<String, Split> byHash = byCounts(inOrder, counts);
          return photo -> byHash.get(photo.hash());
        });
  }

  private Function<IndexedPhoto, Split> byShares(List<IndexedPhoto> inOrder, ByShares shares) {
    Map<String, Split> moved = new ClassShares(shares).moved(inOrder, classes.size());
    return photo -> moved.getOrDefault(photo.hash(), SplitRule.byShares(photo.hash(), shares));
  }

  /** Byte-identical files share the earliest split of any of them, whatever their labels. */
  private Map<String, Split> byCounts(List<IndexedPhoto> inOrder, ByCounts counts) {
    long[] ranks = new long[classes.size()];
    Map<String, Split> byHash = new HashMap<>();
    for (IndexedPhoto photo : inOrder) {
      int label = photo.label();
      ranks[label]++;
      Split split =
          SplitRule.byCounts(
              ranks[label],
              SplitRule.perClass(counts.train(), label, classes.size()),
              SplitRule.perClass(counts.validation(), label, classes.size()));
      byHash.merge(photo.hash(), split, BinaryOperator.minBy(Comparator.naturalOrder()));
    }
    return byHash;
  }

  /**
   * Counts the images of each split.
   *
   * @param recordBytes bytes of an example
   * @param shardBytes at most this many bytes a shard
   * @throws UserException if there are too few images
   */
  Map<Split, SplitCounts> counts(List<AssignedPhoto> assigned, int recordBytes, long shardBytes) {
    Integer[] all = zeros();
    Map<Split, Integer[]> perClass = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      perClass.put(split, zeros());
    }
    for (AssignedPhoto each : assigned) {
      int label = each.photo().label();
      perClass.get(each.split())[label]++;
      all[label]++;
    }
    new SplitNeeds(settings, classes)
        .requireUsable(Arrays.stream(all).map(Integer::longValue).toList());
    Map<Split, SplitCounts> counts = new EnumMap<>(Split.class);
    perClass.forEach(
        (split, images) ->
            counts.put(split, SplitCounts.of(List.of(images), recordBytes, shardBytes)));
    return counts;
  }

  private Integer[] zeros() {
    return Collections.nCopies(classes.size(), 0).toArray(Integer[]::new);
  }
}
