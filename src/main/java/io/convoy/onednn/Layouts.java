package io.convoy.onednn;

import io.convoy.settings.Precision;
import java.util.Arrays;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/** Descriptions of arrays for oneDNN. */
final class Layouts {
  private Layouts() {}

  /** An array of float32. */
  static memory.desc floats(format_tag tag, long... sizes) {
    return of(Precision.FLOAT32, tag, sizes);
  }

  /** An array of numbers. */
  static memory.desc of(Precision precision, format_tag tag, long... sizes) {
    return new memory.desc(sizes, type(precision), tag);
  }

  /**
   * An array of numbers in an order of its own.
   *
   * @param steps between neighbours, in numbers, for each size
   */
  static memory.desc inSteps(Precision precision, long[] sizes, long[] steps) {
    return new memory.desc(sizes, type(precision), steps);
  }

  private static data_type type(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> data_type.f32;
      case BFLOAT16 -> data_type.bf16;
    };
  }

  /** The precision of an array's numbers. */
  static Precision precision(memory.desc layout) {
    data_type type = layout.data_type();
    return Arrays.stream(Precision.values())
        .filter(precision -> type(precision).value == type.value)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("numbers of type " + type));
  }

  /** Applies an activation to the result of a primitive before it is stored. */
  static primitive_attr activated(Nonlinearity nonlinearity) {
    primitive_attr attributes = new primitive_attr();
    if (nonlinearity != Nonlinearity.IDENTITY) {
      post_ops after = new post_ops();
      after.append_eltwise(1, nonlinearity.value, nonlinearity.alpha, nonlinearity.beta);
      attributes.set_post_ops(after);
    }
    return attributes;
  }
}
