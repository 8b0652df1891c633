package io.convoy.search;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rungs of successive halving: how long a trial is trained until it is compared. The longest
 * training has {@code minEpochs} on rung 0 and {@code reduction} times as many on each that follows
 * (Li et al. 2020); a shorter one the same share of its epochs, rounded up. On the top rung each is
 * trained in full.
 *
 * @param minEpochs at least 1
 * @param reduction at least 2
 * @param longest epochs of the longest training, at least 1
 */
public record Rungs(int minEpochs, int reduction, int longest) {

  /** The number of the last rung, from 0. */
  public int top() {
    int top = 0;
    for (long epochs = (long) minEpochs * reduction; epochs <= longest; epochs *= reduction) {
      top++;
    }
    return top;
  }

  /**
   * Epochs that a trial has trained when it is compared.
   *
   * @param rung from 0 to {@link #top()}
   * @param full epochs of its whole training, up to {@code longest}
   */
  public int epochs(int rung, int full) {
    if (rung == top()) {
      return full;
    }
    long ofLongest = minEpochs;
    for (int i = 0; i < rung; i++) {
      ofLongest *= reduction;
    }
    return (int) ((ofLongest * full + longest - 1) / longest);
  }

  /**
   * How many of so many trials of one architecture are on each rung in the end, if none went on too
   * early.
   */
  public List<Integer> counts(int trials) {
    List<Integer> counts = new ArrayList<>(List.of(trials));
    for (int rung = 1; rung <= top(); rung++) {
      counts.add(counts.get(rung - 1) / reduction);
    }
    return counts;
  }

  /**
   * The same of trials that take turns among some architectures, by the architectures.
   *
   * @param architectures at least 1
   */
  public List<List<Integer>> counts(int trials, int architectures) {
    return IntStream.range(0, architectures)
        .mapToObj(turn -> counts((trials - turn + architectures - 1) / architectures))
        .toList();
  }
}
