package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.averaging.RunningStatistics;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Split;
import io.convoy.dataset.SyntheticExamples;
import io.convoy.engine.Engine;
import io.convoy.engine.LocalTrainer;
import io.convoy.engine.Minibatch;
import io.convoy.network.FineTuning;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkNode;
import io.convoy.network.Shape;
import io.convoy.onednn.OneDnn;
import io.convoy.progress.Progress;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Base;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.OuterMomentum;
import io.convoy.settings.Padding;
import io.convoy.settings.PoolingKind;
import io.convoy.settings.Precision;
import io.convoy.settings.Recipe;
import io.convoy.settings.Recipes;
import io.convoy.spark.SharedSpark;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Networks with frozen layers, of both of DL4J's kinds, on their way through training. */
class FineTunedTrainingTest {
  private static final int HEIGHT = 12;
  private static final int WIDTH = 10;
  private static final Shape IMAGE = new Shape(3, HEIGHT, WIDTH);
  private static final int BATCH = 8;

  @TempDir static Path folder;
  private static Examples training;

  @BeforeAll
  static void writeExamples() {
    training = SyntheticExamples.write(folder, Split.TRAIN, 100, HEIGHT, WIDTH);
  }

  enum Kind {
    LAYERS {
      @Override
      List<Layer> layers() {
        return List.of(conv(6), new Layer.BatchNormalization(0.5, Activation.RELU), conv(5));
      }
    },
    GRAPH {
      @Override
      List<Layer> layers() {
        Layer norm = new Layer.BatchNormalization(0.5, Activation.RELU);
        return List.of(
            conv(6),
            norm,
            new Layer.Residual(List.of(conv(8), norm), Activation.RELU),
            new Layer.GlobalPooling(PoolingKind.AVERAGE));
      }
    };

    abstract List<Layer> layers();

    /** The first convolution and normalisation are frozen. */
    Network network(Optimizer optimizer) {
      Network saved =
          NetworkBuilder.configuration(
                  new Architecture("saved", layers(), Loss.MSE, optimizer, BATCH, 1),
                  2,
                  HEIGHT,
                  WIDTH,
                  3)
              .initialized();
      Recipe decaying = Recipes.plain().weightDecay(0.1).recipe();
      Architecture tuned =
          new Architecture(
              "tuned",
              new Base.Saved("saved", Base.ALL, "3"),
              List.of(new Layer.Dense(4, Activation.RELU)),
              Loss.CROSS_ENTROPY,
              optimizer,
              BATCH,
              1,
              decaying);
      return FineTuning.network(tuned, saved, 2, HEIGHT, WIDTH, 3);
    }
  }

  private static Layer conv(int filters) {
    return new Layer.Convolution(filters, 3, 3, 1, 1, Padding.SAME, Activation.IDENTITY);
  }

  private static Optimizer adam() {
    return new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8);
  }

  private static long frozenParameters(Network network) {
    return network.configuration().nodes().stream()
        .filter(NetworkNode::isFrozen)
        .mapToLong(NetworkNode::parameters)
        .sum();
  }

  private static double[] first(INDArray parameters, long count) {
    return Arrays.copyOf(parameters.toDoubleVector(), (int) count);
  }

  @ParameterizedTest
  @EnumSource
  void frozenLayersStayAsTheyAreToTheLastBitWhateverIsAveraged(Kind kind) {
    Network start = kind.network(adam());
    Trainer trainer =
        new Trainer(
            SharedSpark.context(),
            "net",
            start.configuration(),
            SmallTraining.plan(3, 2),
            TrainingOptions.PLAIN,
            Optional.of(new OuterMomentum(0.9, 0.7)));
    trainer.begin(start.parameters());
    trainer.trainEpoch(training, Progress.NONE);
    trainer.trainEpoch(training, Progress.NONE);

    long frozen = frozenParameters(start);
    INDArray after = trainer.network().parameters();
    assertArrayEquals(first(start.parameters(), frozen), first(after, frozen));
    for (long i = frozen; i < after.length(); i++) {
      if (Math.abs(start.parameters().getDouble(i)) > 0) {
        assertNotEquals(start.parameters().getDouble(i), after.getDouble(i), "parameter " + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theStatisticsOfFrozenNormalisationsAreNotPooled(Kind kind) {
    Network network = kind.network(adam());
    List<RunningStatistics> pooled = RunningStatistics.of(network.configuration());
    assertEquals(kind == Kind.GRAPH ? 2 : 0, pooled.size());
  }

  @ParameterizedTest
  @EnumSource
  void oneDnnTrainsAsDl4jsOwnFit(Kind kind) {
    assumeTrue(OneDnn.obstacle().isEmpty(), () -> OneDnn.obstacle().orElseThrow());
    Optimizer optimizer = new Optimizer.Nesterov(0.05, 0.9);
    Network plain = kind.network(optimizer);
    Network fast = kind.network(optimizer);
    assertEquals(Engine.ONEDNN, Engine.fastest(fast.configuration(), IMAGE));
    DataSet minibatch = minibatch(new int[] {1, 20, 3, 44, 50, 61, 7});
    try (LocalTrainer dl4j = Engine.DL4J.trainer(plain, IMAGE, 1, Precision.FLOAT32);
        LocalTrainer oneDnn = Engine.ONEDNN.trainer(fast, IMAGE, 2, Precision.FLOAT32)) {
      for (int step = 0; step < 4; step++) {
        double factor = 1.0 / (step + 1);
        LocalTrainer.Fit expected = dl4j.fit(minibatch, factor, step);
        LocalTrainer.Fit actual = oneDnn.fit(minibatch, factor, step);
        assertEquals(expected.loss(), actual.loss(), 1e-4);
        assertEquals(expected.learningRate(), actual.learningRate());
      }
    }
    assertArrayEquals(plain.parameters().toFloatVector(), fast.parameters().toFloatVector(), 2e-4f);
  }

  private static DataSet minibatch(int[] positions) {
    Minibatch minibatch = Minibatch.read(training, positions);
    return new DataSet(minibatch.pixels(), minibatch.labels());
  }
}
