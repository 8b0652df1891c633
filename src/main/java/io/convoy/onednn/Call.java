package io.convoy.onednn;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;

/**
 * A computation that is ready to run. Returns when it is done: oneDNN's processor stream does not
 * run ahead.
 */
record Call(stream stream, primitive primitive, IntMemoryMap arguments) {
  void run() {
    primitive.execute(stream, arguments);
  }
}
