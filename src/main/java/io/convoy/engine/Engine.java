package io.convoy.engine;

import io.convoy.network.Network;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Shape;
import io.convoy.onednn.OneDnn;
import io.convoy.onednn.OneDnnNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What computes a network's passes. */
public enum Engine {
  /** Convoy's passes by oneDNN. */
  ONEDNN {
    @Override
    public LocalTrainer trainer(Network network, Shape image, int threads) {
      return new OneDnnTrainer(network, image, threads);
    }

    @Override
    public Predictor predictor(Network network, Shape image, int threads) {
      OneDnnNetwork passes =
          OneDnnNetwork.toPredict(network.configuration(), image, network.parameters(), threads);
      return new Predictor() {
        @Override
        public INDArray output(INDArray pixels) {
          return passes.output(pixels);
        }

        @Override
        public void close() {
          passes.close();
        }
      };
    }
  },
  /** DL4J's own layers, several times slower: where oneDNN or a layer is missing. */
  DL4J {
    @Override
    public LocalTrainer trainer(Network network, Shape image, int threads) {
      return new Dl4jTrainer(network);
    }

    @Override
    public Predictor predictor(Network network, Shape image, int threads) {
      return new Predictor() {
        @Override
        public INDArray output(INDArray pixels) {
          return network.output(Minibatch.planes(pixels));
        }

        @Override
        public void close() {
          // The network's memory is its own.
        }
      };
    }
  };

  /**
   * The fastest that computes a network on this machine.
   *
   * @param image what goes in
   */
  public static Engine fastest(NetworkConfiguration network, Shape image) {
    return OneDnn.obstacle().isEmpty() && OneDnnNetwork.computes(network, image) ? ONEDNN : DL4J;
  }

  /**
   * Trains a network.
   *
   * @param network whose parameters and optimizer's state it changes
   * @param image what goes in
   * @param threads of native arithmetic, already given to OpenMP
   */
  public abstract LocalTrainer trainer(Network network, Shape image, int threads);

  /**
   * Predicts with a network.
   *
   * @param network whose parameters it reads
   * @param image what goes in
   * @param threads of native arithmetic, already given to OpenMP
   */
  public abstract Predictor predictor(Network network, Shape image, int threads);
}
