package io.convoy.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FewSizesPredictorTest {
  private static final int HEIGHT = 2;
  private static final int WIDTH = 3;

  private final List<Integer> sizes = new ArrayList<>();

  /** Says of an image its first byte, and the same with a minus. */
  private final Predictor predictor =
      new Predictor() {
        @Override
        public INDArray output(INDArray pixels) {
          int images = (int) pixels.size(0);
          sizes.add(images);
          float[][] outputs = new float[images][];
          for (int i = 0; i < images; i++) {
            float first = pixels.getInt(i, 0, 0, 0);
            outputs[i] = new float[] {first, -first};
          }
          return Nd4j.create(outputs);
        }

        @Override
        public void readParameters() {}

        @Override
        public void close() {
          // Holds nothing.
        }
      };

  private float[] firsts(int images) {
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      byte[] image = new byte[HEIGHT * WIDTH * 3];
      image[0] = (byte) (i + 1);
      all.add(image);
    }
    INDArray outputs = predictor.lasting(64).output(Minibatch.pixels(all, HEIGHT, WIDTH));
    assertArrayEquals(new long[] {images, 2}, outputs.shape());
    return outputs.getColumn(0).toFloatVector();
  }

  @Test
  void eachImageHasItsAnswerWhateverTheMinibatchesSize() {
    for (int images = 1; images <= 64; images++) {
      float[] firsts = firsts(images);
      for (int i = 0; i < images; i++) {
        assertEquals(i + 1, firsts[i]);
      }
    }
    assertEquals(List.of(8, 16, 32, 64), List.copyOf(new TreeSet<>(sizes)));
  }

  @Test
  void aMinibatchThatNearlyFillsAPartIsOne() {
    firsts(31);
    firsts(40);
    firsts(64);
    assertEquals(List.of(32, 32, 8, 64), sizes);
  }
}
