package io.convoy.averaging;

import io.convoy.network.PackedArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The outer step with its velocity, which stays on the driver from round to round: float32, in
 * native memory, as much as the parameters that are learned.
 */
final class OuterOptimizer {
  private final OuterStep step;
  private final INDArray velocity;
  private final PackedArray packed;

  /**
   * Without velocity yet.
   *
   * @param learned how many parameters
   */
  OuterOptimizer(OuterStep step, long learned) {
    this.step = step;
    this.velocity = Nd4j.zeros(DataType.FLOAT, 1, learned);
    this.packed = new PackedArray(velocity);
  }

  /** The velocity itself, [1, parameters that are learned]. */
  INDArray velocity() {
    return velocity;
  }

  /**
   * Takes the step of a part of the parameters.
   *
   * @param at its first parameter, among those that are learned
   * @param before parameters that the round began with
   * @param parameters their mean on entry, those to go on with on return
   * @param length how many
   */
  void apply(long at, float[] before, float[] parameters, int length) {
    ByteBuffer bytes =
        packed
            .bytes()
            .limit((at + length) * Float.BYTES)
            .position(at * Float.BYTES)
            .asByteBuffer()
            .order(ByteOrder.nativeOrder());
    float[] part = new float[length];
    bytes.asFloatBuffer().get(part);
    step.apply(before, parameters, part, length);
    bytes.asFloatBuffer().put(part);
  }
}
