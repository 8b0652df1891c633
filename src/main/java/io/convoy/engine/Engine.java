package io.convoy.engine;

import io.convoy.failure.UserException;
import io.convoy.network.LastMaps;
import io.convoy.network.Network;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Shape;
import io.convoy.onednn.DenseWeights;
import io.convoy.onednn.OneDnn;
import io.convoy.onednn.OneDnnNetwork;
import io.convoy.settings.Precision;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What computes a network's passes. */
public enum Engine {
  /** Convoy's passes by oneDNN. */
  ONEDNN {
    @Override
    public LocalTrainer trainer(Network network, Shape image, int threads, Precision precision) {
      return new OneDnnTrainer(network, image, List.of(), threads, precision);
    }

    @Override
    public LocalTrainer sharing(
        Network network, Shape image, int images, int threads, Precision precision) {
      List<DenseWeights> factored = factored(network.configuration(), image, images, precision);
      return new OneDnnTrainer(network, image, factored, threads, precision);
    }

    @Override
    public List<DenseWeights> factored(
        NetworkConfiguration network, Shape image, int images, Precision precision) {
      // The length of a worker's own gradient is not known from its factors.
      return GradientClipping.isIn(network)
          ? List.of()
          : OneDnnNetwork.denseWeights(network, image).stream()
              .filter(
                  weights ->
                      LEAST_GAIN * weights.factorBytes(images, precision)
                          <= Float.BYTES * weights.length())
              .toList();
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
        public void readParameters() {
          passes.readParameters();
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
    public LocalTrainer sharing(
        Network network, Shape image, int images, int threads, Precision precision) {
      return trainer(network, image, threads, precision);
    }

    @Override
    public List<DenseWeights> factored(
        NetworkConfiguration network, Shape image, int images, Precision precision) {
      return List.of();
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
        public void readParameters() {
          // Each minibatch reads them where they are.
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

  /** How many times as many bytes as its factors a gradient must have to be left as these. */
  private static final int LEAST_GAIN = 2;

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
   * Trains a network by minibatches that several workers share; of some dense layers it leaves the
   * gradient as {@linkplain LocalTrainer#factors factors}. See {@link #trainer}.
   *
   * @param images of a minibatch of all workers together
   */
  public abstract LocalTrainer sharing(
      Network network, Shape image, int images, int threads, Precision precision);

  /** The weights whose gradient {@link #sharing} leaves as factors, in their order. */
  public abstract List<DenseWeights> factored(
      NetworkConfiguration network, Shape image, int images, Precision precision);

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
