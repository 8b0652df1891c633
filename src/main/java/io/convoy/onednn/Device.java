package io.convoy.onednn;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.Pointer;

/** oneDNN's engine for the processor, and all native memory that was taken through it. */
final class Device implements AutoCloseable {
  final engine engine = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0);
  private final stream stream = new stream(engine);

  /** Last taken, first freed. */
  private final Deque<Pointer> taken = new ArrayDeque<>();

  private final Set<String> kernels = new TreeSet<>();

  /** Takes memory of its own. */
  memory memory(memory.desc layout) {
    return keep(new memory(layout, engine));
  }

  /** Memory that belongs to someone else. */
  memory memory(memory.desc layout, Pointer at) {
    return keep(new memory(layout, engine, at));
  }

  /** A primitive with its arguments, by oneDNN's numbers for them. */
  Call call(primitive primitive, Map<Integer, memory> arguments) {
    IntMemoryMap map = keep(new IntMemoryMap());
    arguments.forEach(map::put);
    Call call = new Call(stream, keep(primitive), map);
    kernels.add(call.kernel());
    return call;
  }

  /** What computes the calls that were made so far. */
  Set<String> kernels() {
    return Collections.unmodifiableSet(kernels);
  }

  /** Copies from one layout to another. */
  Call copy(memory from, memory to) {
    return call(new reorder(from, to), Map.of(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to));
  }

  /** Copies from one layout to another and multiplies. */
  Call scale(memory from, memory to, float factor) {
    primitive_attr attributes = new primitive_attr();
    attributes.set_output_scales(0, new float[] {factor});
    return call(
        new reorder(from, to, attributes), Map.of(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to));
  }

  /** Adds to what is there, from one layout to another. */
  Call add(memory from, memory to) {
    post_ops sum = new post_ops();
    sum.append_sum();
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(sum);
    return call(
        new reorder(from, to, attributes), Map.of(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to));
  }

  /** The same values in the layout that is asked for; where it differs, the copy is added. */
  memory in(memory.desc layout, memory values, List<Call> calls) {
    if (values.get_desc().equals(layout)) {
      return values;
    }
    memory copy = memory(layout);
    calls.add(copy(values, copy));
    return copy;
  }

  @Override
  public void close() {
    while (!taken.isEmpty()) {
      taken.pop().close();
    }
    stream.close();
    engine.close();
  }

  private <P extends Pointer> P keep(P pointer) {
    taken.push(pointer);
    return pointer;
  }
}
