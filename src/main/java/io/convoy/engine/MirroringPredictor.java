package io.convoy.engine;

import io.convoy.image.Rgb;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Predicts the mean of what a network says of an image and of its mirror image. */
final class MirroringPredictor implements Predictor {
  private final Predictor predictor;

  MirroringPredictor(Predictor predictor) {
    this.predictor = predictor;
  }

  @Override
  public INDArray output(INDArray pixels) {
    // Another call may overwrite what a predictor returned.
    INDArray sum = predictor.output(pixels).dup('c');
    INDArray mirrored = mirrored(pixels);
    sum.addi(predictor.output(mirrored)).muli(0.5);
    mirrored.close();
    return sum;
  }

  private static INDArray mirrored(INDArray pixels) {
    byte[] image = new byte[Math.toIntExact(pixels.length())];
    new BytePointer(pixels.data().addressPointer()).get(image);
    byte[] mirror = new byte[image.length];
    int width = (int) pixels.size(2);
    int row = width * Rgb.CHANNELS;
    for (int start = 0; start < image.length; start += row) {
      for (int x = 0; x < width; x++) {
        int from = start + x * Rgb.CHANNELS;
        int to = start + (width - 1 - x) * Rgb.CHANNELS;
        System.arraycopy(image, from, mirror, to, Rgb.CHANNELS);
      }
    }
    INDArray mirrored = Nd4j.createUninitialized(DataType.UINT8, pixels.shape());
    new BytePointer(mirrored.data().addressPointer()).put(mirror, 0, mirror.length);
    return mirrored;
  }

  @Override
  public void close() {
    predictor.close();
  }
}
