package io.convoy.averaging;

import java.util.ArrayList;
import java.util.List;

/**
 * The order in which one epoch visits the training examples: a permutation drawn from the seed and
 * the epoch, cut into minibatches, dealt to the workers in rounds between two averagings.
 *
 * @param rounds for each averaging round, for each worker, its minibatches in order; a minibatch is
 *     the positions of its examples in the training split
 */
public record EpochPlan(List<List<List<int[]>>> rounds) {

  /**
   * Plans an epoch, or the rest of one. Every example is visited once; only the last minibatch may
   * be smaller.
   *
   * @param examples of the training split
   * @param plan of the workers
   * @param epoch from 1
   * @param trained minibatches of the epoch that are trained already
   */
  public static EpochPlan of(int examples, WorkerPlan plan, int epoch, int trained) {
    List<int[]> minibatches =
        minibatches(new EpochOrder(examples, plan.seed(), epoch).positions(), plan.batch());
    List<List<List<int[]>>> rounds = new ArrayList<>();
    int start = trained;
    while (start < minibatches.size()) {
      int end = (int) Math.min(start + plan.perRound(epoch), minibatches.size());
      rounds.add(deal(minibatches.subList(start, end), plan.workers()));
      start = end;
    }
    return new EpochPlan(rounds);
  }

  /** Consecutive runs, as equal as can be; the last worker has the last, perhaps smaller one. */
  private static List<List<int[]>> deal(List<int[]> minibatches, int workers) {
    int used = Math.min(workers, minibatches.size());
    List<List<int[]>> dealt = new ArrayList<>();
    for (int worker = 0; worker < used; worker++) {
      int from = (int) ((long) worker * minibatches.size() / used);
      int to = (int) ((long) (worker + 1) * minibatches.size() / used);
      dealt.add(List.copyOf(minibatches.subList(from, to)));
    }
    return dealt;
  }

  private static List<int[]> minibatches(int[] order, int batch) {
    List<int[]> minibatches = new ArrayList<>();
    for (int start = 0; start < order.length; start += batch) {
      minibatches.add(
          java.util.Arrays.copyOfRange(order, start, Math.min(start + batch, order.length)));
    }
    return minibatches;
  }
}
