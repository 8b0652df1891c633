package io.convoy.evaluate;

import io.convoy.evaluate.ConfusionMatrix.Cell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * An order of classes in which those that are taken for one another stand side by side: the leaves
 * of a hierarchical clustering with average linkage. Two classes are as near as the share of the
 * one that is called the other, and the reverse, together.
 */
public final class ConfusionOrder {
  private final double[][] nearness;

  private ConfusionOrder(ConfusionMatrix matrix) {
    nearness = new double[matrix.classes()][matrix.classes()];
    long[] actual = matrix.actual();
    for (Cell cell : matrix.mistakes()) {
      double share = (double) cell.images() / actual[cell.actual()];
      nearness[cell.actual()][cell.predicted()] += share;
      nearness[cell.predicted()][cell.actual()] += share;
    }
  }

  /** Two groups that stand side by side, and how near they are. */
  private record Pair(int first, int second, double nearness) {}

  /**
   * The order of some classes; those that are confused with none stay in the order that they come
   * in, at the end.
   *
   * @param labels of the classes, each once
   */
  public static List<Integer> of(ConfusionMatrix matrix, List<Integer> labels) {
    ConfusionOrder order = new ConfusionOrder(matrix);
    List<List<Integer>> groups = new ArrayList<>();
    labels.forEach(label -> groups.add(List.of(label)));
    for (Pair pair = order.nearest(groups); pair.nearness > 0; pair = order.nearest(groups)) {
      List<Integer> joined = order.joined(groups.get(pair.first), groups.get(pair.second));
      groups.remove(pair.second);
      groups.set(pair.first, joined);
    }
    return Stream.concat(
            groups.stream().filter(group -> group.size() > 1),
            groups.stream().filter(group -> group.size() == 1))
        .flatMap(List::stream)
        .toList();
  }

  /** The first of the nearest pairs; with nearness 0 where no two groups have anything common. */
  private Pair nearest(List<List<Integer>> groups) {
    Pair nearest = new Pair(0, 0, 0);
    for (int first = 0; first < groups.size(); first++) {
      for (int second = first + 1; second < groups.size(); second++) {
        double mean = mean(groups.get(first), groups.get(second));
        if (mean > nearest.nearness) {
          nearest = new Pair(first, second, mean);
        }
      }
    }
    return nearest;
  }

  private double mean(List<Integer> first, List<Integer> second) {
    double sum = 0;
    for (int a : first) {
      for (int b : second) {
        sum += nearness[a][b];
      }
    }
    return sum / (first.size() * second.size());
  }

  /** One beside the other, turned so that the ends that meet are as near as they can be. */
  private List<Integer> joined(List<Integer> first, List<Integer> second) {
    List<Integer> best = List.of();
    double most = -1;
    for (List<Integer> left : List.of(first, reversed(first))) {
      for (List<Integer> right : List.of(second, reversed(second))) {
        double meeting = nearness[left.get(left.size() - 1)][right.get(0)];
        if (meeting > most) {
          most = meeting;
          best = Stream.concat(left.stream(), right.stream()).toList();
        }
      }
    }
    return best;
  }

  private static List<Integer> reversed(List<Integer> labels) {
    List<Integer> reversed = new ArrayList<>(labels);
    Collections.reverse(reversed);
    return reversed;
  }
}
