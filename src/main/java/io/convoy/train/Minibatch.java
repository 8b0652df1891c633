package io.convoy.train;

import io.convoy.dataset.Examples;
import io.convoy.dataset.Manifest.RecordLayout;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Examples as the networks take them.
 *
 * @param features float32 [batch, 3, height, width], RGB, 0..1
 * @param labels float32 [batch, 1], 0 or 1
 */
record Minibatch(INDArray features, INDArray labels) {
  private static final int CHANNELS = 3;
  private static final float FULL = 255f;

  /** Reads the examples at these positions, in this order. */
  static Minibatch read(Examples examples, RecordLayout layout, int[] positions) {
    int plane = layout.height() * layout.width();
    float[] features = new float[positions.length * CHANNELS * plane];
    float[] labels = new float[positions.length];
    byte[] record = new byte[layout.recordBytes()];
    for (int i = 0; i < positions.length; i++) {
      examples.read(positions[i], record);
      labels[i] = record[0];
      toPlanes(record, features, i * CHANNELS * plane, plane);
    }
    long[] shape = {positions.length, CHANNELS, layout.height(), layout.width()};
    return new Minibatch(
        Nd4j.create(features, shape, 'c'),
        Nd4j.create(labels, new long[] {positions.length, 1}, 'c'));
  }

  /** From interleaved bytes behind the label to one plane a channel. */
  private static void toPlanes(byte[] record, float[] features, int offset, int plane) {
    for (int channel = 0; channel < CHANNELS; channel++) {
      int from = 1 + channel;
      int to = offset + channel * plane;
      for (int pixel = 0; pixel < plane; pixel++) {
        features[to + pixel] = (record[from + pixel * CHANNELS] & 0xFF) / FULL;
      }
    }
  }
}
