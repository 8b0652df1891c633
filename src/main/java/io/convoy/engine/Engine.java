package io.convoy.engine;

import io.convoy.failure.UserException;
import io.convoy.network.LastMaps;
import io.convoy.network.Network;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Shape;
import io.convoy.onednn.OneDnn;
import io.convoy.onednn.OneDnnNetwork;
import io.convoy.settings.Precision;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What computes a network's passes. */
public enum Engine {
  /** Convoy's passes by oneDNN. */
  ONEDNN {
    @Override
    public LocalTrainer trainer(Network network, Shape image, int threads, Precision precision) {
      return new OneDnnTrainer(network, image, threads, precision);
    }

    @Override
    public Predictor predictor(Network network, Shape image, int threads, Precision precision) {
      return predictor(
          OneDnnNetwork.toPredict(
              network.configuration(), image, network.parameters(), threads, precision));
    }

    @Override
    public Predictor maps(Network network, LastMaps maps, Shape image, int threads) {
      return predictor(
          OneDnnNetwork.toMaps(
              network.configuration(), maps, image, network.parameters(), threads));
    }

    private Predictor predictor(OneDnnNetwork passes) {
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
    public LocalTrainer trainer(Network network, Shape image, int threads, Precision precision) {
      requireFloat32(precision);
      requireFit(network.configuration(), image);
      return new Dl4jTrainer(network, threads);
    }

    @Override
    public Predictor predictor(Network network, Shape image, int threads, Precision precision) {
      requireFloat32(precision);
      return predictor(network::output);
    }

    @Override
    public Predictor maps(Network network, LastMaps maps, Shape image, int threads) {
      return predictor(
          planes -> {
            INDArray values = network.output(planes, maps.node());
            return values.dup('c').reshape('c', planes.size(0), maps.shape().size());
          });
    }

    private Predictor predictor(UnaryOperator<INDArray> passes) {
      return new Predictor() {
        @Override
        public INDArray output(INDArray pixels) {
          return passes.apply(Minibatch.planes(pixels));
        }

        @Override
        public void close() {
          // The network's memory is its own.
        }
      };
    }

    /** oneDNN computes some layers at any size that DL4J has made for one. */
    private void requireFit(NetworkConfiguration network, Shape image) {
      if (!network.takes(image)) {
        throw new UserException(
            "DL4J's layers train the network, as oneDNN is missing or does not compute one of them, and"
                + " one of them is for the size of the model's images alone, as squeeze-excitation and"
                + " stochastic-depth are, not for %d x %d: leave out progressive-resizing.",
            image.height(), image.width());
      }
    }

    private void requireFloat32(Precision precision) {
      if (precision != Precision.FLOAT32) {
        throw new IllegalArgumentException("DL4J's layers compute in float32, not " + precision);
      }
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
   * @param precision of its passes, one that this engine has on this machine
   */
  public abstract LocalTrainer trainer(
      Network network, Shape image, int threads, Precision precision);

  /**
   * Predicts with a network.
   *
   * @param network whose parameters it reads
   * @param image what goes in
   * @param threads of native arithmetic, already given to OpenMP
   * @param precision of its pass, one that this engine has on this machine
   */
  public abstract Predictor predictor(
      Network network, Shape image, int threads, Precision precision);

  /**
   * Computes a network's last feature maps, in float32.
   *
   * @param network whose parameters it reads
   * @param maps of the network
   * @param image what goes in
   * @param threads of native arithmetic, already given to OpenMP
   * @return gives float32 [images, channels * height * width], plane by plane
   */
  public abstract Predictor maps(Network network, LastMaps maps, Shape image, int threads);
}
