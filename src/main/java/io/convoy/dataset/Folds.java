package io.convoy.dataset;

import io.convoy.dataset.DatasetTables.Example;
import io.convoy.failure.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The training and validation examples of a data set in parts, for cross-validation: each part
 * validates what the others train. Every class is spread evenly over them, and photos that a split
 * keeps on one side, byte-identical ones and those of a group, are in one part. They depend on
 * nothing but the photos and the number of parts.
 *
 * @param examples those of training, then those of validation, each in the order of its positions
 * @param foldOf the part of each, from 1
 * @param count how many parts there are
 */
public record Folds(List<Example> examples, int[] foldOf, int count) {

  /** Photos that stay together. */
  private record Unit(String key, List<Integer> members) {}

  /**
   * Divides the examples of a data set.
   *
   * @param count how many parts, at least 2
   * @param classes in the order of their labels
   * @throws UserException if there are not as many photos or groups, a class would not be trained
   *     in some part, or the data set does not say what belongs together
   */
  public static Folds of(DatasetTables dataset, int count, List<String> classes) {
    List<Example> examples = new ArrayList<>();
    dataset.forEachExample(
        example -> {
          if (example.group() == null) {
            throw new UserException(
                "train.folds: the data set was prepared by an earlier convoy, which did not keep what"
                    + " photos belong together; prepare it again, in another folder.");
          }
          if (example.split() != Split.TEST) {
            examples.add(example);
          }
        });
    examples.sort(Comparator.comparing(Example::split).thenComparing(Example::position));
    return of(examples, count, classes);
  }

  static Folds of(List<Example> examples, int count, List<String> classes) {
    List<Unit> units = units(examples);
    if (units.size() < count) {
      throw new UserException(
          "train.folds = %,d, but %,d training and validation photos come to %,d that may be parted;"
              + " set train.folds to at most that, or add photos.",
          count, examples.size(), units.size());
    }
    double[] ofClass = new double[classes.size()];
    examples.forEach(example -> ofClass[example.photo().label()]++);
    double[][] filled = new double[count][classes.size()];
    double[] photos = new double[count];
    int[] foldOf = new int[examples.size()];
    for (Unit unit : units) {
      int[] labels =
          unit.members.stream().mapToInt(at -> examples.get(at).photo().label()).toArray();
      int fold =
          IntStream.range(0, count)
              .boxed()
              .min(
                  Comparator.comparingDouble((Integer one) -> load(filled[one], ofClass, labels))
                      .thenComparingDouble(one -> photos[one]))
              .orElseThrow();
      IntStream.of(labels).forEach(label -> filled[fold][label]++);
      photos[fold] += labels.length;
      unit.members.forEach(at -> foldOf[at] = fold + 1);
    }
    requireTrained(filled, ofClass, classes);
    return new Folds(List.copyOf(examples), foldOf, count);
  }

  /** The largest first, as they are the hardest to place; of equals by their keys. */
  private static List<Unit> units(List<Example> examples) {
    Map<String, List<Integer>> byKey = new LinkedHashMap<>();
    for (int at = 0; at < examples.size(); at++) {
      byKey.computeIfAbsent(examples.get(at).group(), key -> new ArrayList<>()).add(at);
    }
    return byKey.entrySet().stream()
        .map(each -> new Unit(each.getKey(), each.getValue()))
        .sorted(
            Comparator.comparingInt((Unit unit) -> -unit.members.size()).thenComparing(Unit::key))
        .toList();
  }

  /** How much of the classes of some photos a part has already. */
  private static double load(double[] filled, double[] ofClass, int[] labels) {
    return IntStream.of(labels).mapToDouble(label -> filled[label] / ofClass[label]).sum();
  }

  private static void requireTrained(double[][] filled, double[] ofClass, List<String> classes) {
    for (int fold = 0; fold < filled.length; fold++) {
      for (int label = 0; label < ofClass.length; label++) {
        if (ofClass[label] > 0 && filled[fold][label] == ofClass[label]) {
          throw new UserException(
              "train.folds: the training and validation photos of the class %s (%,.0f) all fall into"
                  + " one fold, as identical ones and those of a group stay together, so that none"
                  + " would train it; add photos of it, or leave it out.",
              classes.get(label), ofClass[label]);
        }
      }
    }
  }

  /** The positions among {@link #examples} of those that validate in a fold. */
  public int[] validation(int fold) {
    return IntStream.range(0, foldOf.length).filter(at -> foldOf[at] == fold).toArray();
  }

  /** The positions among {@link #examples} of those that train in a fold. */
  public int[] train(int fold) {
    return IntStream.range(0, foldOf.length).filter(at -> foldOf[at] != fold).toArray();
  }

  /** How many train in a fold of each class, by label. */
  public List<Integer> trainPerClass(int fold, int classes) {
    Integer[] perClass = Stream.generate(() -> 0).limit(classes).toArray(Integer[]::new);
    IntStream.of(train(fold)).forEach(at -> perClass[examples.get(at).photo().label()]++);
    return Arrays.asList(perClass);
  }

  /** Those that validate in a fold, at their positions there. */
  public List<Example> validated(int fold) {
    int[] positions = validation(fold);
    return IntStream.range(0, positions.length)
        .mapToObj(
            at -> {
              Example example = examples.get(positions[at]);
              return new Example(example.photo(), Split.VALIDATION, at, example.group());
            })
        .toList();
  }
}
