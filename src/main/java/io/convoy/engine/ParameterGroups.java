package io.convoy.engine;

import io.convoy.network.Network;
import io.convoy.optimizer.ParameterGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * How the parameters of a DL4J network are updated, as its configuration says; those of frozen
 * layers are not.
 */
public final class ParameterGroups {
  private ParameterGroups() {}

  /** A layer's parameter where it lies. DL4J's blocks name some of them in another order. */
  private record Range(int first, int length, double decay) {
    int end() {
      return first + length;
    }
  }

  /** Those of a network, which has an optimizer then. */
  public static List<ParameterGroup> of(Network network) {
    List<ParameterGroup> segments = new ArrayList<>();
    for (UpdaterBlock block : network.updater().getUpdaterBlocks()) {
      if (isFrozen(block)) {
        continue;
      }
      int stride = block.getParamOffsetEnd() - block.getParamOffsetStart();
      ParameterGroup.Rule rule =
          isNoOp(block) ? ParameterGroup.Rule.SUBTRACT : ParameterGroup.Rule.STEP;
      for (Range range : joined(ranges(block, network.parameters()))) {
        int state = block.getUpdaterViewOffsetStart() + range.first - block.getParamOffsetStart();
        segments.add(
            new ParameterGroup(range.first, range.length, state, stride, rule, range.decay));
      }
    }
    return segments;
  }

  /** Layers of one block have one updater, and frozen ones have none with others. */
  private static boolean isFrozen(UpdaterBlock block) {
    return block.getLayersAndVariablesInBlock().stream()
        .allMatch(state -> state.getLayer().getConfig() instanceof FrozenLayer);
  }

  private static boolean isNoOp(UpdaterBlock block) {
    UpdaterBlock.ParamState first = block.getLayersAndVariablesInBlock().get(0);
    return first.getLayer().getConfig().getUpdaterByParam(first.getParamName()) instanceof NoOp;
  }

  private static List<Range> ranges(UpdaterBlock block, INDArray parameters) {
    return block.getLayersAndVariablesInBlock().stream()
        // Constants have no updater, and are in one block with others that have none.
        .filter(state -> !(state.getLayer() instanceof FrozenLayerWithBackprop))
        .map(state -> range(state.getLayer(), state.getParamName(), parameters))
        .sorted(Comparator.comparingInt(Range::first))
        .toList();
  }

  private static Range range(Trainable layer, String name, INDArray parameters) {
    INDArray parameter = layer.paramTable(false).get(name);
    return new Range(
        Math.toIntExact(parameter.offset() - parameters.offset()),
        Math.toIntExact(parameter.length()),
        decay(layer.getConfig().getRegularizationByParam(name)).orElse(0.0));
  }

  private static Optional<Double> decay(List<Regularization> regularization) {
    return regularization == null
        ? Optional.empty()
        : regularization.stream()
            .filter(WeightDecay.class::isInstance)
            .map(each -> ((WeightDecay) each).getCoeff().valueAt(0, 0))
            .findFirst();
  }

  private static List<Range> joined(List<Range> ranges) {
    List<Range> joined = new ArrayList<>();
    for (Range range : ranges) {
      int last = joined.size() - 1;
      if (last >= 0
          && joined.get(last).end() == range.first
          && joined.get(last).decay == range.decay) {
        Range before = joined.get(last);
        joined.set(last, new Range(before.first, before.length + range.length, range.decay));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }
}
