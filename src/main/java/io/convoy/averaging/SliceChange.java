package io.convoy.averaging;

import java.io.Serializable;
import java.util.List;

/**
 * What a round did to the learned parameters of one slice.
 *
 * @param slice its place in the row
 * @param squaredUpdate of the mean from the parameters before the round
 * @param squaredDistance of a worker's parameters from their mean; the mean over the workers,
 *     weighted by their examples
 */
record SliceChange(int slice, double squaredUpdate, double squaredDistance)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * All slices together.
   *
   * @param changes of each slice, in the order of the slices
   */
  static Round.Movement movement(List<SliceChange> changes) {
    double update = Math.sqrt(changes.stream().mapToDouble(SliceChange::squaredUpdate).sum());
    double distance = Math.sqrt(changes.stream().mapToDouble(SliceChange::squaredDistance).sum());
    return new Round.Movement(update, distance / update);
  }
}
