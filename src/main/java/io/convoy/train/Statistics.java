package io.convoy.train;

import io.convoy.averaging.RunningStatistics;
import io.convoy.averaging.RunningStatistics.Form;
import io.convoy.model.NetworkConfiguration;
import io.convoy.model.NetworkNode;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;

/** The running statistics of a network's batch normalisations, but for frozen ones. */
final class Statistics {
  private Statistics() {}

  /** In the order of the parameters. */
  static List<RunningStatistics> of(NetworkConfiguration network) {
    List<RunningStatistics> statistics = new ArrayList<>();
    long end = 0;
    for (NetworkNode node : network.nodes()) {
      end += node.parameters();
      if (!node.isFrozen() && node.layer().orElse(null) instanceof BatchNormalization layer) {
        // DL4J has them last: the means, then the variances.
        int channels = Math.toIntExact(layer.getNOut());
        statistics.add(
            new RunningStatistics(
                end - 2L * channels,
                end - channels,
                channels,
                layer.isUseLogStd() ? Form.LOG10_STANDARD_DEVIATION : Form.VARIANCE));
      }
    }
    return statistics;
  }
}
