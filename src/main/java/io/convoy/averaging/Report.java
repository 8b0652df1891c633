package io.convoy.averaging;

import io.convoy.averaging.ResidentWorker.Trained;
import java.util.List;
import org.apache.spark.storage.BlockManagerId;

/** What a worker tells the driver of itself, which then says what is next. */
sealed interface Report extends Message {
  /** From 0. */
  int worker();

  /** Its task has begun, for the first time or again, in a process. */
  record Ready(int worker, BlockManagerId place) implements Report {
    private static final long serialVersionUID = 1L;
  }

  /** It has trained its minibatches of a round, and published its slices. */
  record HasTrained(int worker, Trained trained) implements Report {
    private static final long serialVersionUID = 1L;
  }

  /** It has averaged its share of a round, and published the means. */
  record HasAveraged(int worker, List<SliceChange> changes) implements Report {
    private static final long serialVersionUID = 1L;

    /** Copies the list. */
    public HasAveraged {
      changes = List.copyOf(changes);
    }
  }

  /** It does not stand where the others do, or what they have published cannot be fetched. */
  record IsAtALoss(int worker) implements Report {
    private static final long serialVersionUID = 1L;
  }
}
