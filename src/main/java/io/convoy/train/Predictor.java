package io.convoy.train;

import io.convoy.model.Network;
import io.convoy.model.Shape;
import io.convoy.onednn.OneDnnNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Predicts with a network. For one thread at a time. */
public interface Predictor extends AutoCloseable {
  /**
   * Predicts.
   *
   * @param pixels uint8 [images, height, width, channels]
   * @return float32 [images, outputs]
   */
  INDArray output(INDArray pixels);

  /** Frees native memory; the network stays as it is. */
  @Override
  void close();

  /**
   * The fastest that this machine has for the network.
   *
   * @param image what goes in
   * @param threads of native arithmetic, already given to OpenMP
   */
  static Predictor of(Network network, Shape image, int threads) {
    if (Arithmetic.of(network.configuration(), image) == Arithmetic.ONEDNN) {
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
}
