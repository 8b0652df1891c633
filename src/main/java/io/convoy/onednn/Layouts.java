package io.convoy.onednn;

import io.convoy.network.Shape;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/** Descriptions of float32 arrays for oneDNN. */
final class Layouts {
  private Layouts() {}

  static memory.desc of(format_tag tag, long... sizes) {
    return new memory.desc(sizes, data_type.f32, tag);
  }

  /** Feature maps in the layout that the primitive likes best. */
  static memory.desc any(int images, Shape shape) {
    return of(format_tag.any, images, shape.channels(), shape.height(), shape.width());
  }

  /** Feature maps plane by plane, DL4J's layout. */
  static memory.desc planes(int images, Shape shape) {
    return of(format_tag.nchw, images, shape.channels(), shape.height(), shape.width());
  }

  /** One row an image. */
  static memory.desc rows(int images, Shape shape) {
    return of(format_tag.nc, images, shape.size());
  }

  /** Applies an activation to the result of a primitive before it is stored. */
  static primitive_attr activated(Nonlinearity nonlinearity) {
    primitive_attr attributes = new primitive_attr();
    if (nonlinearity != Nonlinearity.IDENTITY) {
      post_ops after = new post_ops();
      after.append_eltwise(1, nonlinearity.value, nonlinearity.alpha, 0);
      attributes.set_post_ops(after);
    }
    return attributes;
  }
}
