package io.convoy.onednn;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * A computation that is ready to run. Returns when it is done: oneDNN's processor stream does not
 * run ahead.
 */
record Call(stream stream, primitive primitive, IntMemoryMap arguments) {
  void run() {
    primitive.execute(stream, arguments);
  }

  /** What oneDNN computes it with, as in {@code convolution jit:avx2}. */
  String kernel() {
    try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
      dnnl.dnnl_primitive_desc_query(
          primitive.get_dnnl_primitive_desc(), dnnl.dnnl_query_impl_info_str, 0, name);
      return primitive.get_kind() + " " + name.get(BytePointer.class, 0).getString();
    }
  }
}
