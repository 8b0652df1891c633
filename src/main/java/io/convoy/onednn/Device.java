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
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.ShortPointer;

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

  /** Takes memory for numbers of 16 bits. */
  ShortPointer shorts(long count) {
    return keep(new ShortPointer(count));
  }

  /** Memory that belongs to someone else. */
  memory memory(memory.desc layout, Pointer at) {
    return keep(new memory(layout, engine, at));
  }

  /**
   * A primitive with its arguments, by oneDNN's numbers for them. The call returns when it is done:
   * oneDNN's processor stream does not run ahead.
   */
  Runnable call(primitive primitive, Map<Integer, memory> arguments) {
    IntMemoryMap map = keep(new IntMemoryMap());
    arguments.forEach(map::put);
    keep(primitive);
    kernels.add(kernel(primitive));
    return () -> primitive.execute(stream, map);
  }

  /** What oneDNN computes it with, as in {@code convolution jit:avx2}. */
  private static String kernel(primitive primitive) {
    try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
      dnnl.dnnl_primitive_desc_query(
          primitive.get_dnnl_primitive_desc(), dnnl.dnnl_query_impl_info_str, 0, name);
      return primitive.get_kind() + " " + name.get(BytePointer.class, 0).getString();
    }
  }

  /** What computes the calls that were made so far. */
  Set<String> kernels() {
    return Collections.unmodifiableSet(kernels);
  }

  /** The product of two matrices. */
  Runnable product(memory left, memory right, memory result) {
    matmul.primitive_desc primitive =
        new matmul.primitive_desc(
            new matmul.desc(left.get_desc(), right.get_desc(), result.get_desc()), engine);
    return call(
        new matmul(primitive),
        Map.of(dnnl.DNNL_ARG_SRC, left, dnnl.DNNL_ARG_WEIGHTS, right, dnnl.DNNL_ARG_DST, result));
  }

  /**
   * The product of two matrices with an activation.
   *
   * @param bias one row, added to each of the product's
   */
  Runnable product(
      memory left, memory right, memory bias, Nonlinearity nonlinearity, memory result) {
    matmul.primitive_desc primitive =
        new matmul.primitive_desc(
            new matmul.desc(left.get_desc(), right.get_desc(), bias.get_desc(), result.get_desc()),
            Layouts.activated(nonlinearity),
            engine);
    return call(
        new matmul(primitive),
        Map.of(
            dnnl.DNNL_ARG_SRC, left,
            dnnl.DNNL_ARG_WEIGHTS, right,
            dnnl.DNNL_ARG_BIAS, bias,
            dnnl.DNNL_ARG_DST, result));
  }

  /** Copies from one layout to another. */
  Runnable copy(memory from, memory to) {
    return copy(from, to, new primitive_attr());
  }

  /** Copies from one layout to another and multiplies. */
  Runnable scale(memory from, memory to, float factor) {
    primitive_attr attributes = new primitive_attr();
    attributes.set_output_scales(0, new float[] {factor});
    return copy(from, to, attributes);
  }

  /** Adds to what is there, from one layout to another. */
  Runnable add(memory from, memory to) {
    post_ops sum = new post_ops();
    sum.append_sum();
    primitive_attr attributes = new primitive_attr();
    attributes.set_post_ops(sum);
    return copy(from, to, attributes);
  }

  private Runnable copy(memory from, memory to, primitive_attr attributes) {
    return call(
        new reorder(from, to, attributes), Map.of(dnnl.DNNL_ARG_FROM, from, dnnl.DNNL_ARG_TO, to));
  }

  /** The same values in the layout that is asked for; where it differs, the copy is added. */
  memory in(memory.desc layout, memory values, List<Runnable> calls) {
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
