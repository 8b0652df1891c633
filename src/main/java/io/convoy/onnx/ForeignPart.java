package io.convoy.onnx;

import io.convoy.network.Shape;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * A value of an ONNX graph as DL4J's graph has it.
 *
 * @param vertex that gives it
 * @param shape of one image's
 * @param form of one image's
 * @param sign what is known of it
 */
record ForeignPart(String vertex, Shape shape, Form form, Sign sign) {
  /** What DL4J takes it for. */
  enum Form {
    /** [images, channels, height, width]. */
    MAPS,
    /**
     * [images, channels]: also what ONNX has as [images, channels, 1, 1] behind a global pooling.
     */
    VECTOR
  }

  /** Of its numbers. */
  enum Sign {
    ANY,
    /** None is below 0. */
    NOT_NEGATIVE
  }

  /** How DL4J describes it. */
  InputType type() {
    return switch (form) {
      case MAPS -> InputType.convolutional(shape.height(), shape.width(), shape.channels());
      case VECTOR -> InputType.feedForward(shape.size());
    };
  }

  boolean isVector() {
    return form == Form.VECTOR;
  }

  /** Whether it is maps of one pixel: a number a channel. */
  boolean isPoint() {
    return form == Form.MAPS && shape.height() == 1 && shape.width() == 1;
  }

  /** The same numbers from another vertex. */
  ForeignPart from(String other) {
    return new ForeignPart(other, shape, form, sign);
  }
}
