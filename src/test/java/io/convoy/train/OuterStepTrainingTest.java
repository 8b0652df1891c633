package io.convoy.train;

import static io.convoy.train.SmallTraining.BATCH;
import static io.convoy.train.SmallTraining.HEIGHT;
import static io.convoy.train.SmallTraining.SEED;
import static io.convoy.train.SmallTraining.WIDTH;
import static io.convoy.train.SmallTraining.plan;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.dataset.Split;
import io.convoy.dataset.SyntheticExamples;
import io.convoy.progress.Progress;
import io.convoy.settings.OuterMomentum;
import io.convoy.spark.SharedSpark;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps of the driver from round to round, beyond the mean of the workers. */
class OuterStepTrainingTest {
  @TempDir static Path folder;

  private static Examples training;
  private final JavaSparkContext context = SharedSpark.context();

  @BeforeAll
  static void writeExamples() {
    training = SyntheticExamples.write(folder, Split.TRAIN, 100, HEIGHT, WIDTH);
  }

  @Test
  void theOuterStepOfARoundGoesOnFromTheMeanOfTheWorkers() {
    double[] before = trainer(plan(2, 20), 0).network().parameters().toDoubleVector();
    Trainer plain = trainer(plan(2, 20), 0);
    plain.trainEpoch(training, Progress.NONE);
    double[] after = plain.network().parameters().toDoubleVector();
    Trainer outer = outer(plan(2, 20), 0, new OuterMomentum(0.5, 1));

    outer.trainEpoch(training, Progress.NONE);

    // The first velocity is the change itself.
    double[] expected = new double[before.length];
    Arrays.setAll(expected, i -> before[i] - 1.5 * (before[i] - after[i]));
    assertArrayEquals(expected, outer.network().parameters().toDoubleVector(), 1e-6);
  }

  @Test
  void theOuterVelocityActsInTheNextRound() {
    Trainer plain = trainer(plan(2, 20), 0);
    Trainer outer = outer(plan(2, 20), 0, new OuterMomentum(0.5, 1));
    plain.trainEpoch(training, Progress.NONE);
    outer.trainEpoch(training, Progress.NONE);
    double[] first = outer.network().parameters().toDoubleVector();
    plain.begin(outer.network().parameters());
    plain.trainEpoch(training, Progress.NONE);
    double[] mean = plain.network().parameters().toDoubleVector();
    double[] start = trainer(plan(2, 20), 0).network().parameters().toDoubleVector();

    outer.trainEpoch(training, Progress.NONE);

    double[] expected = new double[first.length];
    for (int i = 0; i < first.length; i++) {
      double velocity = (start[i] - first[i]) / 1.5 * 0.5 + first[i] - mean[i];
      expected[i] = first[i] - (first[i] - mean[i] + 0.5 * velocity);
    }
    assertArrayEquals(expected, outer.network().parameters().toDoubleVector(), 1e-5);
  }

  @Test
  void oneWorkerAloneTakesNoOuterStep() {
    Trainer outer = outer(plan(1, 1), 0, new OuterMomentum(0.9, 0.7));
    outer.trainEpoch(training, Progress.NONE);
    outer.trainEpoch(training, Progress.NONE);
    assertArrayEquals(
        SmallTraining.fitAlone(training, 2), outer.network().parameters().toDoubleVector());
  }

  @Test
  void theOuterVelocityOutlivesAStop() {
    WorkerPlan plan = new WorkerPlan(2, 1, BATCH, 2, 1, SEED);
    SmallTraining.assertGoesOn(
        folder, training, () -> outer(plan, 0.3, new OuterMomentum(0.9, 0.7)));
  }

  private Trainer trainer(WorkerPlan plan, double dropout) {
    return SmallTraining.trainer(context, plan, dropout);
  }

  private Trainer outer(WorkerPlan plan, double dropout, OuterMomentum momentum) {
    return SmallTraining.outer(context, plan, dropout, momentum);
  }
}
