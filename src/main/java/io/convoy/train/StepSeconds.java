package io.convoy.train;

import io.convoy.engine.LocalTrainer;
import io.convoy.engine.Minibatch;
import io.convoy.engine.Natives;
import io.convoy.image.Rgb;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Shape;
import io.convoy.settings.Precision;
import io.convoy.spark.JobNames;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** How long an executor takes for a minibatch, measured before a training begins. */
public final class StepSeconds {
  /** Short, as a user waits; of steps before the measured ones, and of those. */
  private static final double ENOUGH_SECONDS = 0.15;

  private StepSeconds() {}

  /**
   * Measures on one executor, with black images: the time does not depend on what they show.
   *
   * @param name of the architecture, for Spark's job description
   * @param classes of the images
   * @param height of the images
   * @param width of the images
   * @param batch images a minibatch of one worker
   * @param threads of a worker
   * @param precision of its passes
   * @return seconds of a training step
   */
  public static double measure(
      JavaSparkContext context,
      String name,
      NetworkConfiguration configuration,
      int classes,
      int height,
      int width,
      int batch,
      int threads,
      Precision precision) {
    JobNames names = new JobNames(context.sc());
    names.begin("train %s: measuring a minibatch", name);
    double seconds =
        context
            .parallelize(List.of(configuration), 1)
            .map(each -> here(each, classes, height, width, batch, threads, precision))
            .first();
    names.end();
    return seconds;
  }

  private static double here(
      NetworkConfiguration configuration,
      int classes,
      int height,
      int width,
      int batch,
      int threads,
      Precision precision) {
    Natives.useThreads(threads);
    INDArray pixels = Nd4j.zeros(DataType.UINT8, batch, height, width, Rgb.CHANNELS);
    Shape image = Minibatch.shape(pixels);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, batch, NetworkBuilder.outputs(classes));
    DataSet minibatch = new DataSet(pixels, labels);
    try (LocalTrainer trainer =
        LocalTrainer.of(configuration.initialized(), image, threads, precision)) {
      // Java compiles what it does often: the first steps of a small network take much longer.
      seconds(trainer, minibatch);
      return seconds(trainer, minibatch);
    } finally {
      Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    }
  }

  private static double seconds(LocalTrainer trainer, DataSet minibatch) {
    int steps = 0;
    long start = System.nanoTime();
    double seconds;
    do {
      trainer.fit(minibatch, 1);
      steps++;
      seconds = (System.nanoTime() - start) / 1e9;
    } while (seconds < ENOUGH_SECONDS);
    return seconds / steps;
  }
}
