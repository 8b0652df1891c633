package io.convoy.engine;

import io.convoy.image.Rgb;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Asks a predictor for minibatches of few sizes alone, as it keeps memory for each size that it has
 * seen: the full one, its half, and so on to {@value #SMALLEST}. A minibatch is cut into such
 * parts; one that nearly fills a part is filled up with black images.
 */
final class FewSizesPredictor implements Predictor {
  private static final int SMALLEST = 8;

  private final Predictor predictor;
  private final int full;

  /**
   * @param predictor is closed with this
   * @param full images of a full minibatch, {@value #SMALLEST} times a power of two
   */
  FewSizesPredictor(Predictor predictor, int full) {
    this.predictor = predictor;
    this.full = full;
  }

  @Override
  public INDArray output(INDArray pixels) {
    int images = (int) pixels.size(0);
    if (images == full) {
      return predictor.output(pixels);
    }
    List<float[]> outputs = new ArrayList<>();
    while (outputs.size() < images) {
      int left = images - outputs.size();
      int size = part(left);
      try (INDArray part = part(pixels, outputs.size(), size)) {
        float[][] of = predictor.output(part).toFloatMatrix();
        outputs.addAll(List.of(of).subList(0, Math.min(size, left)));
      }
    }
    return Nd4j.create(outputs.toArray(float[][]::new));
  }

  /** The largest part that is at least three quarters full. */
  private int part(int left) {
    int size = full;
    while (size > SMALLEST && left * 4 < size * 3) {
      size /= 2;
    }
    return size;
  }

  private static INDArray part(INDArray pixels, int from, int size) {
    int height = (int) pixels.size(1);
    int width = (int) pixels.size(2);
    BytePointer all = new BytePointer(pixels.data().addressPointer());
    List<byte[]> images = new ArrayList<>();
    for (int image = from; image < from + size; image++) {
      byte[] one = new byte[height * width * Rgb.CHANNELS];
      if (image < pixels.size(0)) {
        all.position((long) image * one.length).get(one);
      }
      images.add(one);
    }
    return Minibatch.pixels(images, height, width);
  }

  @Override
  public void readParameters() {
    predictor.readParameters();
  }

  @Override
  public void close() {
    predictor.close();
  }
}
