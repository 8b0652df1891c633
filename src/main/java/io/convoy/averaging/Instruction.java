package io.convoy.averaging;

import io.convoy.averaging.ResidentWorker.Trained;
import java.util.List;

/** What the driver tells a worker to do next. */
sealed interface Instruction extends Message {
  /**
   * To train its part of the next round.
   *
   * @param task without the places of the workers, which stay what they are
   * @param paths of its minibatches, in order
   * @param next those of the round after it, as far as they are read ahead
   * @param passes in which the images are counted; none where they have been counted
   */
  record Train(RoundTask task, List<String> paths, List<String> next, List<Integer> passes)
      implements Instruction {
    private static final long serialVersionUID = 1L;

    /** Copies the lists. */
    public Train {
      paths = List.copyOf(paths);
      next = List.copyOf(next);
      passes = List.copyOf(passes);
    }
  }

  /**
   * To average its share of the round.
   *
   * @param workers what each has trained
   */
  record Average(List<Trained> workers) implements Instruction {
    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public Average {
      workers = List.copyOf(workers);
    }
  }

  /** Nothing more. */
  record End() implements Instruction {
    private static final long serialVersionUID = 1L;
  }
}
