package io.convoy.train;

import io.convoy.dataset.Examples;
import io.convoy.evaluate.Predictions;
import io.convoy.model.Network;
import io.convoy.model.Shape;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The predictions of a network for a whole split, computed by the workers. */
final class Scorer {
  private static final int BATCH = 64;
  private static final int CHANNELS = 3;

  private final JavaSparkContext context;
  private final WorkerPlan plan;

  Scorer(JavaSparkContext context, WorkerPlan plan) {
    this.context = context;
    this.plan = plan;
  }

  /**
   * Scores a split.
   *
   * @return the predictions, in the order of the examples' positions
   */
  Predictions score(Network network, Examples.Source source) {
    if (source.examples() == 0) {
      return new Predictions(new float[0], new int[0]);
    }
    Broadcast<NetworkState> model = context.broadcast(NetworkState.ofParameters(network));
    try {
      int threads = plan.threads();
      List<Scored> parts =
          context
              .parallelize(ranges(source.examples()), Math.min(plan.workers(), source.examples()))
              .mapPartitions(ranges -> scored(ranges, model.value(), source, threads))
              .collect();
      return joined(parts, source.examples());
    } finally {
      model.destroy();
    }
  }

  private record Range(int from, int to) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private record Scored(int from, float[] probabilities, int[] labels) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private static List<Range> ranges(int examples) {
    List<Range> ranges = new ArrayList<>();
    for (int from = 0; from < examples; from += BATCH) {
      ranges.add(new Range(from, Math.min(from + BATCH, examples)));
    }
    return ranges;
  }

  private static Iterator<Scored> scored(
      Iterator<Range> ranges, NetworkState model, Examples.Source source, int threads) {
    NativeThreads.use(threads);
    Network network = model.shared();
    List<Scored> scored = new ArrayList<>();
    Shape image = new Shape(CHANNELS, source.layout().height(), source.layout().width());
    try (Examples examples = source.open();
        Predictor predictor = Predictor.of(network, image, threads)) {
      while (ranges.hasNext()) {
        Range range = ranges.next();
        int[] positions = IntStream.range(range.from, range.to).toArray();
        Minibatch minibatch = Minibatch.read(examples, source.layout(), positions);
        INDArray output = predictor.output(minibatch.pixels());
        minibatch.pixels().close();
        scored.add(
            new Scored(range.from, output.data().asFloat(), minibatch.labels().data().asInt()));
      }
    }
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    return scored.iterator();
  }

  private static Predictions joined(List<Scored> parts, int examples) {
    float[] probabilities = new float[examples];
    int[] labels = new int[examples];
    for (Scored part : parts) {
      System.arraycopy(part.probabilities, 0, probabilities, part.from, part.probabilities.length);
      System.arraycopy(part.labels, 0, labels, part.from, part.labels.length);
    }
    return new Predictions(probabilities, labels);
  }
}
