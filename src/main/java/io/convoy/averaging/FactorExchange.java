package io.convoy.averaging;

import io.convoy.averaging.AveragedNumbers.Range;
import io.convoy.averaging.ResidentWorker.Trained;
import io.convoy.averaging.Shares.Kind;
import io.convoy.averaging.Shares.Share;
import io.convoy.failure.UserException;
import io.convoy.onednn.DenseFactors;
import io.convoy.onednn.DenseWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.storage.BlockId;

/**
 * The gradients by the weights of dense layers that workers give one another as factors: each
 * worker computes the whole gradient from those of all, and takes the optimizer's step for these
 * weights by itself, which then need not be sent either.
 *
 * @param worker from 0
 * @param factors of the worker's own network
 * @param arrays of the worker
 */
record FactorExchange(int worker, List<DenseFactors> factors, SliceArrays arrays) {

  /** The weights, in the order of their layers. */
  List<DenseWeights> weights() {
    return factors.stream().map(DenseFactors::weights).toList();
  }

  /** Where the weights lie among the parameters. */
  List<Range> ranges() {
    return weights().stream()
        .map(
            weights ->
                new Range(Math.toIntExact(weights.offset()), Math.toIntExact(weights.length())))
        .toList();
  }

  /** Of a share of the parameters, or of their gradient, what is exchanged as it is. */
  Share rest(Share share) {
    return share.kind() == Kind.LEARNED ? share.without(ranges()) : share;
  }

  /** Leaves this worker's factors for the others. */
  void publish(RoundTask task, Trained done, List<BlockId> published) {
    for (int layer = 0; layer < factors.size() && done.examples() > 0; layer++) {
      byte[] bytes = array(layer, worker, done);
      factors.get(layer).read(bytes);
      BlockId id = task.blocks().factors(task.round(), worker, layer);
      SliceBlocks.publish(id, bytes);
      published.add(id);
    }
  }

  private byte[] array(int layer, int of, Trained done) {
    int length = factors.get(layer).bytes(Math.toIntExact(done.examples()));
    return arrays.ofFactors(layer, of, length);
  }

  /**
   * Computes the gradients.
   *
   * @param workers what each has trained
   * @return false where another worker is gone
   */
  boolean multiply(RoundTask task, List<Trained> workers) {
    for (int layer = 0; layer < factors.size(); layer++) {
      Optional<List<DenseFactors.Part>> all = gather(task, workers, layer);
      if (all.isEmpty()) {
        return false;
      }
      factors.get(layer).multiply(all.get());
    }
    return true;
  }

  /**
   * Sees that all workers have left the same gradients as factors.
   *
   * @throws UserException if some have not, which is so where they compute by other libraries
   */
  void requireAlike(List<Trained> workers) {
    if (workers.stream().anyMatch(each -> !each.factored().equals(weights()))) {
      throw new UserException(
          "An executor computes by oneDNN and another one cannot, so that they cannot share"
              + " minibatches: see with submit/doctor what is missing, or set train.batch-of ="
              + " worker.");
    }
  }

  /** What each worker has of a layer; empty where one is gone. */
  private Optional<List<DenseFactors.Part>> gather(
      RoundTask task, List<Trained> workers, int layer) {
    long examples = workers.stream().mapToLong(Trained::examples).sum();
    List<DenseFactors.Part> all = new ArrayList<>();
    for (int each = 0; each < workers.size(); each++) {
      Trained done = workers.get(each);
      if (done.examples() > 0) {
        byte[] bytes = array(layer, each, done);
        BlockId id = task.blocks().factors(task.round(), each, layer);
        if (each != worker && SliceBlocks.fetch(task.places().get(each), id, bytes).isEmpty()) {
          return Optional.empty();
        }
        double share = (double) done.examples() / examples;
        all.add(new DenseFactors.Part(bytes, Math.toIntExact(done.examples()), share));
      }
    }
    return Optional.of(all);
  }
}
