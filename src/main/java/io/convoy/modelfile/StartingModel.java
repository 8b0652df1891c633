package io.convoy.modelfile;

import io.convoy.network.NetworkConfiguration;
import io.convoy.network.NetworkNode;
import io.convoy.network.Updaters;
import io.convoy.settings.Optimizer;
import io.convoy.storage.Storage;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * A saved model with which a training begins. Its numbers are left in the file until then.
 *
 * @param file the model's
 * @param hash SHA-256 of the file, 64 hexadecimal digits
 * @param card of the file
 * @param configuration of the network, with its counts of epochs and iterations
 * @param updater whether the file holds the optimizer's state
 */
public record StartingModel(
    Storage file,
    String hash,
    ModelCard card,
    NetworkConfiguration configuration,
    ModelFile.Updater updater) {

  /** How many epochs the network has been trained. */
  public int epochs() {
    return configuration.epochs();
  }

  /**
   * Why the optimizer of a network cannot go on with what the file has of it, in words; empty where
   * it can, as one always can that has no state.
   *
   * @param network of the same layers
   */
  public Optional<String> obstacle(NetworkConfiguration network) {
    String before = configuration.optimizer().getClass().getSimpleName();
    IUpdater now = network.optimizer();
    if (!now.getClass().getSimpleName().equals(before)) {
      return Optional.of("its optimizer was " + before);
    }
    return updater == ModelFile.Updater.LEFT_OUT && now.stateSize(1) > 0
        ? Optional.of("the file has no state of its optimizer, as " + ModelFile.LAST + " has")
        : Optional.empty();
  }

  /** The optimizer as settings have it; empty for one that they have not. */
  public Optional<Optimizer> savedOptimizer() {
    return Updaters.optimizer(configuration.optimizer());
  }

  /**
   * Makes sure that the network can be trained on.
   *
   * @throws IllegalArgumentException if its last layer has no optimizer
   */
  static void requireOptimizer(NetworkConfiguration network) {
    List<NetworkNode> nodes = network.nodes();
    boolean has =
        nodes.get(nodes.size() - 1).layer().orElse(null) instanceof BaseLayer last
            && last.getIUpdater() != null;
    if (!has || network.epochs() < 0 || network.iterations() < 0) {
      throw new IllegalArgumentException("its configuration says of no training how it went");
    }
  }
}
