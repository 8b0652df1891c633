package io.convoy.engine;

import io.convoy.augment.Augmenter;
import io.convoy.augment.EpochAugmentation;
import io.convoy.augment.Mixture;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Shard.RecordLayout;
import io.convoy.image.ImageSize;
import io.convoy.image.Rgb;
import io.convoy.image.Shrinking;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Examples on their way to a network.
 *
 * @param pixels uint8 [images, height, width, channels], RGB
 * @param labels float32; of two classes [images, 1], 0 or 1; of more [images, classes], 1 in the
 *     place of the class and else 0; of mixed examples the shares of both
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
    ImageSize size = new ImageSize(layout.height(), layout.width());
    ImageSize shown = augmentation.shown(size);
    INDArray pixels =
        Nd4j.createUninitialized(
            DataType.UINT8, positions.length, shown.height(), shown.width(), Rgb.CHANNELS);
    BytePointer target = new BytePointer(pixels.data().addressPointer());
    int outputs = NetworkBuilder.outputs(layout.classes());
    float[] labels = new float[positions.length * outputs];
    byte[] record = new byte[layout.recordBytes()];
    byte[] other = new byte[record.length];
    int begin = layout.labelBytes();
    int bytes = shown.height() * shown.width() * Rgb.CHANNELS;
    try (Augmenter augmenter = augmentation.open(layout.height(), layout.width());
        Shrinking shrinking = new Shrinking(size, shown)) {
      for (int i = 0; i < positions.length; i++) {
        read(examples, positions[i], augmenter, record);
        double share = 1;
        Optional<Mixture> mixture = augmentation.mixture(positions[i], examples.examples());
        if (mixture.isPresent()) {
          read(examples, mixture.get().other(), augmenter, other);
          share = mixture.get().apply(record, other, begin, size);
          add(labels, i, outputs, layout.label(other), 1 - share);
        }
        add(labels, i, outputs, layout.label(record), share);
        target.position((long) i * bytes);
        if (shown.equals(size)) {
          target.put(record, begin, bytes);
        } else {
          target.put(shrinking.apply(record, begin));
        }
      }
    }
    return new Minibatch(pixels, Nd4j.create(labels, new long[] {positions.length, outputs}, 'c'));
  }

  private static void read(Examples examples, int position, Augmenter augmenter, byte[] record) {
    examples.read(position, record);
    augmenter.augment(position, record, examples.layout().labelBytes());
  }

  private static void add(float[] labels, int image, int outputs, int label, double share) {
    if (outputs == 1) {
      labels[image] += (float) (label * share);
    } else {
      labels[image * outputs + label] += (float) share;
    }
  }

  /** How many classes there are, whether the minibatch has an image of each or not. */
  public int classCount() {
    return Math.max(2, (int) labels.size(1));
  }

  /** The class of each image, from 0. */
  public int[] classes() {
    return classes(labels);
  }

  /**
   * The class of each image, from 0, by the greatest of its labels.
   *
   * @param labels as those of a minibatch, which may be smoothed
   */
  public static int[] classes(INDArray labels) {
    int outputs = (int) labels.size(1);
    float[] values = labels.dup('c').data().asFloat();
    return IntStream.range(0, (int) labels.size(0))
        .map(image -> outputs == 1 ? Math.round(values[image]) : greatest(values, image, outputs))
        .toArray();
  }

  private static int greatest(float[] values, int image, int outputs) {
    int first = image * outputs;
    int greatest = 0;
    for (int label = 1; label < outputs; label++) {
      if (values[first + label] > values[first + greatest]) {
        greatest = label;
      }
    }
    return greatest;
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
