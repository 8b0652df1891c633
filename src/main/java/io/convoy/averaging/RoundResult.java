package io.convoy.averaging;

import io.convoy.averaging.ResidentWorker.Trained;
import java.util.List;

/**
 * What resident workers made of a round.
 *
 * @param workers what each has trained
 * @param changes of the slices that each has averaged
 */
record RoundResult(List<Trained> workers, List<List<SliceChange>> changes) {
  /** Copies the lists. */
  RoundResult {
    workers = List.copyOf(workers);
    changes = List.copyOf(changes);
  }
}
