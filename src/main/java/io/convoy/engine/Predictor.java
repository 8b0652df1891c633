package io.convoy.engine;

import io.convoy.evaluate.Temperature;
import io.convoy.image.ImageSize;
import io.convoy.image.MirroredView;
import io.convoy.network.Network;
import io.convoy.network.Shape;
import io.convoy.settings.Precision;
import io.convoy.settings.TestTimeAugmentation;
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

  /** Must be called where someone has changed the network's parameters. */
  void readParameters();

  /** Frees native memory; the network stays as it is. */
  @Override
  void close();

  /** By the fastest engine of this machine, in float32; see {@link Engine#predictor}. */
  static Predictor of(Network network, Shape image, int threads) {
    return of(network, image, threads, Precision.FLOAT32);
  }

  /** By the fastest engine of this machine; see {@link Engine#predictor}. */
  static Predictor of(Network network, Shape image, int threads, Precision precision) {
    return Engine.fastest(network.configuration(), image)
        .predictor(network, image, threads, precision);
  }

  /** As it is evaluated in training: with its test-time augmentation. */
  static Predictor of(
      Network network,
      Shape image,
      int threads,
      Precision precision,
      TestTimeAugmentation testTime) {
    Predictor predictor = of(network, image, threads, precision);
    ImageSize size = new ImageSize(image.height(), image.width());
    return switch (testTime) {
      case NONE -> predictor;
      case MIRROR -> new SecondViewPredictor(predictor, new MirroredView(size, 1));
      case MIRROR_CROP ->
          new SecondViewPredictor(predictor, new MirroredView(size, TestTimeAugmentation.CROP));
    };
  }

  /** The same with other probabilities. */
  default Predictor scaledBy(Temperature temperature) {
    return temperature.equals(Temperature.ONE) ? this : new ScalingPredictor(this, temperature);
  }

  /**
   * The same for long use: it is asked for minibatches of few sizes alone, however many images
   * come.
   *
   * @param full images of most minibatches, 8 times a power of two
   */
  default Predictor lasting(int full) {
    return new FewSizesPredictor(this, full);
  }
}
