package io.convoy.engine;

import io.convoy.augment.Augmenter;
import io.convoy.augment.EpochAugmentation;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Shard.RecordLayout;
import io.convoy.image.Rgb;
import io.convoy.network.Shape;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Examples on their way to a network.
 *
 * @param pixels uint8 [images, height, width, channels], RGB
 * @param labels float32 [images, 1], 0 or 1
 */
public record Minibatch(INDArray pixels, INDArray labels) {
  private static final double WHITE = 255;

  /** Reads the examples at these positions, in this order. */
  public static Minibatch read(Examples examples, int[] positions) {
    return read(examples, positions, EpochAugmentation.NONE);
  }

  /** Reads the examples at these positions, in this order, and changes each. */
  public static Minibatch read(Examples examples, int[] positions, EpochAugmentation augmentation) {
    RecordLayout layout = examples.layout();
    INDArray pixels =
        Nd4j.createUninitialized(
            DataType.UINT8, positions.length, layout.height(), layout.width(), Rgb.CHANNELS);
    BytePointer target = new BytePointer(pixels.data().addressPointer());
    float[] labels = new float[positions.length];
    byte[] record = new byte[layout.recordBytes()];
    int bytes = record.length - 1;
    try (Augmenter augmenter = augmentation.open(layout.height(), layout.width())) {
      for (int i = 0; i < positions.length; i++) {
        examples.read(positions[i], record);
        labels[i] = record[0];
        augmenter.augment(positions[i], record, 1);
        target.position((long) i * bytes).put(record, 1, bytes);
      }
    }
    return new Minibatch(pixels, Nd4j.create(labels, new long[] {positions.length, 1}, 'c'));
  }

  /**
   * Brings images together, without labels.
   *
   * @param images one or more, each uint8 [height, width, channels], RGB
   * @param height of each
   * @param width of each
   * @return uint8 [images, height, width, channels]
   */
  public static INDArray pixels(List<byte[]> images, int height, int width) {
    INDArray pixels =
        Nd4j.createUninitialized(DataType.UINT8, images.size(), height, width, Rgb.CHANNELS);
    BytePointer target = new BytePointer(pixels.data().addressPointer());
    for (int i = 0; i < images.size(); i++) {
      byte[] image = images.get(i);
      target.position((long) i * image.length).put(image, 0, image.length);
    }
    return pixels;
  }

  /** What one image is to the network's first layer. */
  public Shape image() {
    return shape(pixels);
  }

  /** The shape of one image of such pixels. */
  public static Shape shape(INDArray pixels) {
    return new Shape((int) pixels.size(3), (int) pixels.size(1), (int) pixels.size(2));
  }

  /**
   * Pixels as DL4J's layers take them.
   *
   * @param pixels uint8 [images, height, width, channels]
   * @return float32 [images, channels, height, width], 0..1
   */
  public static INDArray planes(INDArray pixels) {
    return pixels.castTo(DataType.FLOAT).divi(WHITE).permute(0, 3, 1, 2).dup('c');
  }
}
