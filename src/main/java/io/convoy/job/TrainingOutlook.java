package io.convoy.job;

import io.convoy.dataset.Manifest;
import io.convoy.failure.Amount;
import io.convoy.network.NetworkNode;
import io.convoy.progress.Progress;
import io.convoy.settings.Architecture;
import io.convoy.settings.TrainSettings;
import io.convoy.train.StepSeconds;
import io.convoy.train.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a run is about to train, and about how long that takes: a minibatch of each network is timed
 * on an executor, and an averaging taken to cost what it did elsewhere. Tables are left out.
 */
record TrainingOutlook(Manifest manifest, TrainSettings settings, Workers workers) {
  /**
   * Of the arithmetic of a training step, what a prediction takes: forward of two more backward.
   */
  private static final double FORWARD_SHARE = 1 / 3.0;

  /** What a round moves of a network's state in a second, by the rounds that were measured. */
  private static final double ROUND_BYTES_PER_SECOND = 80e6;

  /** Parameters and Adam's two moments. */
  private static final int STATE_BYTES = 3 * Float.BYTES;

  /** In one line, such as {@code conv24 (8,637,473 parameters, 5 epochs, about 40 s)}. */
  String measured(JavaSparkContext context, List<Blueprint> blueprints) {
    List<String> parts = new ArrayList<>();
    double total = 0;
    for (Blueprint blueprint : blueprints) {
      double seconds = seconds(context, blueprint);
      total += seconds;
      parts.add(
          "%s (%s, about %s)"
              .formatted(blueprint.architecture().name(), size(blueprint), words(seconds)));
    }
    return String.join(", ", parts)
        + (blueprints.size() == 1 ? "" : "; about " + words(total) + " in all");
  }

  private static String size(Blueprint blueprint) {
    int epochs = blueprint.architecture().epochs();
    return String.format(
        Locale.ROOT, "%,d parameters, %s", parameters(blueprint), Amount.of(epochs, "epoch"));
  }

  private static long parameters(Blueprint blueprint) {
    return blueprint.configuration().nodes().stream().mapToLong(NetworkNode::parameters).sum();
  }

  private double seconds(JavaSparkContext context, Blueprint blueprint) {
    Architecture architecture = blueprint.architecture();
    int batch = settings.batchOf().perWorker(architecture.batch(), workers.count());
    double step =
        StepSeconds.measure(
            context,
            architecture.name(),
            blueprint.configuration(),
            manifest.height(),
            manifest.width(),
            batch,
            workers.threads());
    double image = step / batch / workers.count();
    int epochs = architecture.epochs();
    double trained = (double) epochs * manifest.train().examples();
    double predicted =
        (double) epochs * manifest.validation().examples() + manifest.test().examples();
    double perRound =
        workers.count() == 1
            ? manifest.train().examples()
            : (double) batch * workers.count() * settings.averagingFrequency().minibatches(1);
    double rounds = epochs * Math.max(1, manifest.train().examples() / perRound);
    return image * (trained + FORWARD_SHARE * predicted)
        + rounds * parameters(blueprint) * STATE_BYTES / ROUND_BYTES_PER_SECOND;
  }

  private static String words(double seconds) {
    return Progress.duration(Math.max(1, Math.round(seconds)));
  }
}
