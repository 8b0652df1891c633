package io.convoy.engine;

import io.convoy.image.Rgb;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Asks a predictor for minibatches of two sizes alone, as it keeps memory for each size that it has
 * seen: full ones, and small ones in which all else is cut, the last filled up with black images.
 */
final class TwoSizesPredictor implements Predictor {
  private static final int SMALL = 8;

  private final Predictor predictor;
  private final int full;

  /**
   * @param predictor is closed with this
   * @param full images of a full minibatch
   */
  TwoSizesPredictor(Predictor predictor, int full) {
    this.predictor = predictor;
    this.full = full;
  }

  @Override
  public INDArray output(INDArray pixels) {
    int images = (int) pixels.size(0);
    if (images == full) {
      return predictor.output(pixels);
    }
    int height = (int) pixels.size(1);
    int width = (int) pixels.size(2);
    BytePointer all = new BytePointer(pixels.data().addressPointer());
    List<float[]> rows = new ArrayList<>();
    for (int from = 0; from < images; from += SMALL) {
      List<byte[]> part = new ArrayList<>();
      for (int image = from; image < from + SMALL; image++) {
        byte[] one = new byte[height * width * Rgb.CHANNELS];
        if (image < images) {
          all.position((long) image * one.length).get(one);
        }
        part.add(one);
      }
      try (INDArray small = Minibatch.pixels(part, height, width)) {
        float[][] outputs = predictor.output(small).toFloatMatrix();
        rows.addAll(List.of(outputs).subList(0, Math.min(SMALL, images - from)));
      }
    }
    return Nd4j.create(rows.toArray(float[][]::new));
  }

  @Override
  public void close() {
    predictor.close();
  }
}
