package io.convoy.dataset;

import io.convoy.failure.UserException;
import io.convoy.settings.SplitSettings;
import io.convoy.settings.SplitSettings.Duplicates;
import io.convoy.settings.SplitWay.ByCounts;
import io.convoy.settings.SplitWay.ByShares;
import io.convoy.settings.SplitWay.Given;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gives each photo its split and its position in it, from 0 in the order of the hashes. */
final class SplitAssignment {
  private final SplitSettings settings;
  private final List<String> classes;
  private final Function<String, Optional<Split>> given;
  private final Function<String, Optional<String>> groups;

  /**
   * @param settings of the split
   * @param classes in the order of their labels
   * @param given the split that a photo comes with, by its path; of every photo where the settings
   *     say that photos come with one
   * @param groups the group that a photo belongs to, by its path; empty where it stands for itself
   */
  SplitAssignment(
      SplitSettings settings,
      List<String> classes,
      Function<String, Optional<Split>> given,
      Function<String, Optional<String>> groups) {
    this.settings = settings;
    this.classes = classes;
    this.given = given;
    this.groups = groups;
  }

  /**
   * Assigns photos.
   *
   * @param photos in any order
   * @return the photos of each split; the index of each in its list is its position. Training
   *     photos that are in another given split too are missing, if the settings say so
   */
  Map<Split, List<LabelledPhoto>> assign(List<LabelledPhoto> photos) {
    List<LabelledPhoto> inOrder = photos.stream().sorted(LabelledPhoto.BY_HASH).toList();
    Function<LabelledPhoto, String> key = keys(inOrder);
    return settings
        .way()
        .match(
            shares -> divided(inOrder, new SharesSplit(shares, inOrder, key)::of),
            counts -> divided(inOrder, byCounts(inOrder, counts, key)),
            way -> asGiven(inOrder, way, key));
  }

  /**
   * What keeps photos on one side of a split.
   *
   * @param photos in any order
   */
  Function<LabelledPhoto, String> keys(List<LabelledPhoto> photos) {
    return new SplitKeys(photos, groups)::of;
  }

  private static Map<Split, List<LabelledPhoto>> divided(
      List<LabelledPhoto> inOrder, Function<LabelledPhoto, Split> split) {
    Map<Split, List<LabelledPhoto>> bySplit = new EnumMap<>(Split.class);
    for (Split each : Split.values()) {
      bySplit.put(each, new ArrayList<>());
    }
    inOrder.forEach(photo -> bySplit.get(split.apply(photo)).add(photo));
    return bySplit;
  }

  /** A part of training validates where nothing else does. */
  private Map<Split, List<LabelledPhoto>> asGiven(
      List<LabelledPhoto> inOrder, Given way, Function<LabelledPhoto, String> key) {
    Map<Split, List<LabelledPhoto>> bySplit =
        divided(inOrder, photo -> given.apply(photo.path()).orElseThrow());
    if (settings.duplicates() == Duplicates.REMOVE_FROM_TRAIN) {
      Set<String> others =
          Stream.of(Split.VALIDATION, Split.TEST)
              .flatMap(split -> bySplit.get(split).stream())
              .map(LabelledPhoto::hash)
              .collect(Collectors.toSet());
      bySplit.get(Split.TRAIN).removeIf(photo -> others.contains(photo.hash()));
    }
    if (bySplit.get(Split.VALIDATION).isEmpty() && way.validationFromTrain() > 0) {
      List<LabelledPhoto> train = bySplit.get(Split.TRAIN);
      ByShares shares = new ByShares(1 - way.validationFromTrain(), way.validationFromTrain(), 0);
      bySplit.putAll(
          divided(train, new SharesSplit(shares, train, key)::of).entrySet().stream()
              .filter(each -> each.getKey() != Split.TEST)
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
    return bySplit;
  }

  /**
   * The first photos of each class train. Byte-identical files, and those of a group, share the
   * earliest split of any of them, whatever their labels: a cut moves back to the end of the group
   * that lies across it.
   */
  private Function<LabelledPhoto, Split> byCounts(
      List<LabelledPhoto> inOrder, ByCounts counts, Function<LabelledPhoto, String> key) {
    int[] ranks = new int[classes.size()];
    Map<String, Split> byKey = new HashMap<>();
    // The sort is stable: photos without a group stay in the order of their hashes.
    for (LabelledPhoto photo : inOrder.stream().sorted(Comparator.comparing(key)).toList()) {
      int label = photo.label();
      int rank = ++ranks[label];
      int train = counts.trainPart(label, classes.size());
      int notTest = train + counts.validationPart(label, classes.size());
      Split split = rank <= train ? Split.TRAIN : rank <= notTest ? Split.VALIDATION : Split.TEST;
      byKey.merge(key.apply(photo), split, BinaryOperator.minBy(Comparator.naturalOrder()));
    }
    return photo -> byKey.get(key.apply(photo));
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
    new SplitNeeds(settings.way(), classes).requireUsable(List.of(all));
    SplitNeeds.requireTrained(classes, of -> counts.get(Split.TRAIN).perClass().get(of));
    return counts;
  }
}
