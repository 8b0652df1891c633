package io.convoy.settings;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How training is spread over the cluster. Stays on the driver ({@link OptionalInt} does not
 * serialise).
 *
 * @param seed decides the initial parameters and the order of the images
 * @param workers number of workers, at least 1; empty: one an executor
 * @param batchOf whose minibatch an architecture's batch is the size of
 * @param averagingFrequency minibatches that a worker trains between two averagings
 * @param outer momentum over the averagings; empty: the mean of the workers as it is
 * @param updaterState what becomes of the optimizer's state at an averaging
 * @param checkpointRounds averaging rounds between two checkpoints within an epoch; 0 for none
 */
public record TrainSettings(
    long seed,
    OptionalInt workers,
    BatchOf batchOf,
    AveragingFrequency averagingFrequency,
    Optional<OuterMomentum> outer,
    UpdaterState updaterState,
    int checkpointRounds) {

  /** Refuses nulls. */
  public TrainSettings {
    Objects.requireNonNull(workers, "workers");
    Objects.requireNonNull(batchOf, "batchOf");
    Objects.requireNonNull(averagingFrequency, "averagingFrequency");
    Objects.requireNonNull(outer, "outer");
    Objects.requireNonNull(updaterState, "updaterState");
  }
}
