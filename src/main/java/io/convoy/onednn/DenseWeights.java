package io.convoy.onednn;

import io.convoy.settings.Precision;
import java.io.Serializable;

/**
 * The weights of a dense layer, where they lie among all parameters of the network: one row of
 * {@code inputs} numbers for each output.
 *
 * @param offset of the first
 * @param inputs of the layer
 * @param outputs of the layer
 */
public record DenseWeights(long offset, int inputs, int outputs) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many they are. */
  public long length() {
    return (long) inputs * outputs;
  }

  /** Behind the last. */
  public long end() {
    return offset + length();
  }

  /**
   * How many bytes the factors of their gradient are.
   *
   * @param images of a minibatch
   * @param precision of the passes
   */
  public long factorBytes(int images, Precision precision) {
    long bytesOfAnInput =
        switch (precision) {
          case FLOAT32 -> Float.BYTES;
          case BFLOAT16 -> Short.BYTES;
        };
    return images * (bytesOfAnInput * inputs + (long) Float.BYTES * outputs);
  }
}
