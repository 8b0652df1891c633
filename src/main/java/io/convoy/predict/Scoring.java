package io.convoy.predict;

import io.convoy.engine.Natives;
import io.convoy.engine.Predictor;
import io.convoy.evaluate.Temperature;
import io.convoy.image.ImageLimits;
import io.convoy.image.ImageSize;
import io.convoy.image.Rgb;
import io.convoy.ingest.PhotoPixels;
import io.convoy.modelfile.ModelCard;
import io.convoy.network.Network;
import io.convoy.network.Shape;
import io.convoy.settings.Precision;
import io.convoy.settings.TestTimeAugmentation;
import java.io.Serializable;

/**
 * How photos are scored: all that a task needs but the network.
 *
 * @param pixels makes the network's input of a photo
 * @param height rows of that input
 * @param width its columns
 * @param precision of the network's pass
 * @param testTime what the network sees of a photo
 * @param temperature that the probabilities are scaled by, above 0
 * @param decision what becomes of a probability
 */
public record Scoring(
    PhotoPixels pixels,
    int height,
    int width,
    Precision precision,
    TestTimeAugmentation testTime,
    double temperature,
    Decision decision)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a photo and its file may cost. */
  public record Limits(long maxPixels, long maxFileBytes) {}

  /**
   * With photos as the model was trained with.
   *
   * @param precision of the network's pass
   */
  public static Scoring of(ModelCard card, Precision precision, Decision decision, Limits limits) {
    PhotoPixels pixels =
        new PhotoPixels(
            new ImageSize(card.height(), card.width()),
            new ImageLimits(limits.maxPixels()),
            limits.maxFileBytes());
    return new Scoring(
        pixels,
        card.height(),
        card.width(),
        precision,
        card.testTimeAugmentation(),
        card.temperature(),
        decision);
  }

  /**
   * Makes ready to score in the calling thread.
   *
   * @param network is shared, not copied
   * @param threads of native arithmetic
   */
  public PhotoScorer scorer(Network network, int threads) {
    return scorer(predictor(network, threads));
  }

  /**
   * A scorer by a predictor of such a network.
   *
   * @param predictor is closed with it
   */
  public PhotoScorer scorer(Predictor predictor) {
    return new PhotoScorer(this, predictor);
  }

  /**
   * A predictor for photos one by one, or for minibatches of few sizes; see {@link #scorer}.
   *
   * @param network is shared, not copied
   * @param threads of native arithmetic
   */
  public Predictor predictor(Network network, int threads) {
    Natives.useThreads(threads);
    Shape image = new Shape(Rgb.CHANNELS, height, width);
    return Predictor.of(network, image, threads, precision, testTime)
        .scaledBy(new Temperature(temperature));
  }

  /**
   * A predictor that serves one task after the other, whatever the number of their photos; see
   * {@link #scorer}.
   */
  public Predictor lastingPredictor(Network network, int threads) {
    return predictor(network, threads).lasting(PhotoScorer.BATCH);
  }
}
