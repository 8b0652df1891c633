package io.convoy.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;

import io.convoy.network.Shape;
import io.convoy.onednn.LayerPlan.Parameters;
import io.convoy.settings.Precision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.layer_normalization_backward;
import org.bytedeco.dnnl.layer_normalization_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A layer normalisation. oneDNN's goes over rows, which the positions of feature maps are where
 * their channels lie next to one another: maps of another layout are brought into that and back.
 */
final class LayerNormalizationStage {
  private static final int FLAGS = dnnl.dnnl_use_scaleshift;

  private final StageContext context;
  private final Device device;
  private final LayerPlan.LayerNormalization plan;
  private final memory.desc maps;
  private final memory.desc rows;
  private final memory.desc channels;
  private final memory.desc pairs;
  private final memory scaleAndShift;
  private final Tensor output;
  private final CallStage stage;

  /**
   * What the forward pass leaves to the backward pass.
   *
   * @param rows of the input
   * @param mean of each row
   * @param variance of each row
   */
  private record Part(memory rows, memory mean, memory variance) {}

  static Stage of(StageContext context, LayerPlan.LayerNormalization plan, Tensor input) {
    return new LayerNormalizationStage(context, plan, input).stage;
  }

  private LayerNormalizationStage(
      StageContext context, LayerPlan.LayerNormalization plan, Tensor input) {
    this.context = context;
    this.device = context.device();
    this.plan = plan;
    Shape shape = plan.output();
    long images = context.images();
    memory.desc layout = input.layout();
    Precision precision = Layouts.precision(layout);
    this.maps =
        Layouts.of(
            precision, format_tag.nhwc, images, shape.channels(), shape.height(), shape.width());
    long positions = images * shape.height() * shape.width();
    this.rows = Layouts.of(precision, format_tag.nc, positions, shape.channels());
    this.channels = Layouts.floats(format_tag.x, shape.channels());
    this.pairs = Layouts.floats(format_tag.nc, 2, shape.channels());
    this.scaleAndShift = device.memory(pairs);
    this.output = context.kept(layout, context.outputGradient(layout));
    this.stage = new CallStage(output, context.parts());
    read(plan.scale(), 0);
    read(plan.shift(), 1);
    layer_normalization_forward.primitive_desc primitive =
        new layer_normalization_forward.primitive_desc(
            new layer_normalization_forward.desc(
                context.forwardKind().value, rows, plan.epsilon(), FLAGS),
            device.engine);
    memory normalized = inMaps(output.values().get(0));
    List<Part> parts = new ArrayList<>();
    for (int part = 0; part < context.parts(); part++) {
      memory to = output.values().get(part);
      memory result = isMaps(to) ? to : normalized;
      parts.add(addForward(primitive, input.values().get(part), result, stage.forwardOf(part)));
      copy(result, to, stage.forwardOf(part));
    }
    if (context.trains()) {
      addBackward(primitive, parts, input.gradient());
    }
  }

  private void read(Parameters place, int which) {
    stage
        .reading()
        .add(device.copy(context.parameters(channels, place), half(scaleAndShift, which)));
  }

  /** The scales of all channels, 0, or their shifts, 1. */
  private memory half(memory both, int which) {
    FloatPointer numbers = new FloatPointer(both.get_data_handle());
    return device.memory(channels, numbers.getPointer((long) which * plan.output().channels()));
  }

  private boolean isMaps(memory values) {
    return values.get_desc().equals(maps);
  }

  /** The values, where they lie as rows, or room for them. */
  private memory inMaps(memory values) {
    return isMaps(values) ? values : device.memory(maps);
  }

  private void copy(memory from, memory to, List<Runnable> calls) {
    if (from != to) {
      calls.add(device.copy(from, to));
    }
  }

  /** The same numbers, a row for each position. */
  private memory inRows(memory values) {
    return device.memory(rows, new Pointer(values.get_data_handle()));
  }

  private Part addForward(
      layer_normalization_forward.primitive_desc primitive,
      memory from,
      memory to,
      List<Runnable> calls) {
    Part part =
        new Part(
            inRows(device.in(maps, from, calls)),
            device.memory(primitive.mean_desc()),
            device.memory(primitive.variance_desc()));
    Map<Integer, memory> arguments = new HashMap<>();
    arguments.put(DNNL_ARG_SRC, part.rows);
    arguments.put(DNNL_ARG_SCALE_SHIFT, scaleAndShift);
    arguments.put(DNNL_ARG_DST, inRows(to));
    if (context.trains()) {
      arguments.put(DNNL_ARG_MEAN, part.mean);
      arguments.put(DNNL_ARG_VARIANCE, part.variance);
    }
    calls.add(device.call(new layer_normalization_forward(primitive), arguments));
    return part;
  }

  private void addBackward(
      layer_normalization_forward.primitive_desc hint,
      List<Part> parts,
      Optional<memory> inputGradient) {
    layer_normalization_backward.primitive_desc primitive =
        new layer_normalization_backward.primitive_desc(
            new layer_normalization_backward.desc(
                prop_kind.backward.value, rows, rows, plan.epsilon(), FLAGS),
            device.engine,
            hint);
    memory outputGradient = output.gradient().orElseThrow();
    memory arriving = inMaps(outputGradient);
    memory arrivingRows = inRows(arriving);
    // Where nobody asks for it, the gradient by the scale and shift is still wanted.
    memory leaving = inputGradient.map(this::inMaps).orElseGet(() -> device.memory(maps));
    memory leavingRows = inRows(leaving);
    memory sum = device.memory(pairs);
    memory ofPart = device.memory(pairs);
    for (int part = 0; part < parts.size(); part++) {
      List<Runnable> calls = stage.backwardOf(part);
      copy(outputGradient, arriving, calls);
      Map<Integer, memory> arguments = new HashMap<>();
      arguments.put(DNNL_ARG_SRC, parts.get(part).rows);
      arguments.put(DNNL_ARG_MEAN, parts.get(part).mean);
      arguments.put(DNNL_ARG_VARIANCE, parts.get(part).variance);
      arguments.put(DNNL_ARG_SCALE_SHIFT, scaleAndShift);
      arguments.put(DNNL_ARG_DIFF_DST, arrivingRows);
      arguments.put(DNNL_ARG_DIFF_SRC, leavingRows);
      arguments.put(DNNL_ARG_DIFF_SCALE_SHIFT, part == 0 ? sum : ofPart);
      calls.add(device.call(new layer_normalization_backward(primitive), arguments));
      if (part > 0) {
        calls.add(device.add(ofPart, sum));
      }
      inputGradient.ifPresent(wanted -> copy(leaving, wanted, calls));
    }
    write(half(sum, 0), plan.scale());
    write(half(sum, 1), plan.shift());
  }

  private void write(memory sum, Parameters place) {
    stage.writing().add(device.add(sum, context.gradient(channels, place)));
  }
}
