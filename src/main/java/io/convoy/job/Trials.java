package io.convoy.job;

import io.convoy.averaging.LostWorkersException;
import io.convoy.failure.UserException;
import io.convoy.job.ArchitectureTraining.Outcome;
import io.convoy.job.ArchitectureTraining.SoFar;
import io.convoy.plan.Makespan;
import io.convoy.progress.JointProgress;
import io.convoy.spark.ExecutorSeats.Seat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.util.SparkExitCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trainings of a run's networks side by side, each on an executor of its own. Where executors
 * would be idle in the end, all of them may share the last ones. One that fails ends with its
 * reason in the tables, and the others go on.
 *
 * @param run what they share, with one worker
 * @param results that they come to
 * @param seconds that each is thought to take, by its name
 */
record Trials(TrainingRun run, RunResults results, Map<String, Double> seconds) {
  /** What Spark says of an executor that ended itself for want of memory: its exit code. */
  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile("(?:code|status:?) " + SparkExitCode.OOM() + "\\b");

  /** What it says of an executor that is gone, or of parts of a broadcast that went with it. */
  private static final Pattern LOST_EXECUTOR =
      Pattern.compile("INTERNAL_ERROR_BROADCAST|ExecutorLostFailure");

  /** What it says of jobs that are ended with others. */
  private static final Pattern ENDED =
      Pattern.compile("cancelled (?:as part of cancellation of all jobs|part of cancelled job )");

  private static final Logger LOG = LoggerFactory.getLogger(Trials.class);

  /** Trains them, those that take longest first, so that all executors end at about one time. */
  void train(List<ModelDefinition> models) {
    List<ModelDefinition> ordered =
        models.stream().sorted(Comparator.comparingDouble(this::work).reversed()).toList();
    TrainingRun together = run.sharedBy(run.executors());
    int shared = sharedAtTheEnd(together, ordered);
    List<ModelDefinition> alone = ordered.subList(0, ordered.size() - shared);
    Queue<ModelDefinition> again = new ConcurrentLinkedQueue<>();
    trainSideBySide(alone, again);
    again.forEach(model -> trainAlone(run, model));
    ordered.subList(alone.size(), ordered.size()).forEach(model -> trainAlone(together, model));
  }

  /** By what is thought to take less time; only where that is left to this run. */
  private int sharedAtTheEnd(TrainingRun together, List<ModelDefinition> ordered) {
    Makespan makespan = new Makespan(run.executors().count());
    List<Double> alone = ordered.stream().map(this::work).toList();
    if (run.settings().parallel().isPresent() || !makespan.leavesExecutorsIdle(alone)) {
      return 0;
    }
    Map<String, Double> shared = new TrainingEstimate(together).measuredOfTrials(ordered);
    int last =
        makespan.sharedAtTheEnd(
            alone,
            ordered.stream()
                .map(
                    model ->
                        isShareable(model)
                            ? shared.getOrDefault(model.architecture().name(), Double.MAX_VALUE)
                            : Double.MAX_VALUE)
                .toList());
    if (last > 0) {
      run.context()
          .remark(
              "train: in the end %s by %s that share each minibatch, which comes to nearly the"
                  + " same; train.parallel = trials leaves the other executors idle then%n",
              ordered.subList(ordered.size() - last, ordered.size()).stream()
                  .map(model -> model.architecture().name())
                  .collect(Collectors.joining(", ")),
              run.executors());
    }
    return last;
  }

  /** Whether a minibatch of all workers has as many images as that of one. */
  private boolean isShareable(ModelDefinition model) {
    return model.architecture().batch() % run.executors().count() == 0;
  }

  /** While no other is trained. */
  private void trainAlone(TrainingRun own, ModelDefinition model) {
    outcome(own, model, results::progress, e -> Optional.of(failed(model, e)))
        .ifPresent(results::add);
  }

  /**
   * @param again takes those that had too little memory, which the others may have taken, and those
   *     that lost their executor
   */
  private void trainSideBySide(List<ModelDefinition> models, Queue<ModelDefinition> again) {
    double work = models.stream().mapToDouble(this::work).sum();
    JointProgress progress = new JointProgress("train", models.size(), work, run.context().err());
    Queue<ModelDefinition> waiting = new ArrayDeque<>(models);
    SideBySide.onExecutors(run.spark().sc())
        .run(
            () ->
                Optional.ofNullable(waiting.poll())
                    .map(model -> (Consumer<Seat>) seat -> train(model, seat, progress, again)));
  }

  private double work(ModelDefinition model) {
    return seconds.getOrDefault(model.architecture().name(), 1.0);
  }

  private void train(
      ModelDefinition model, Seat seat, JointProgress progress, Queue<ModelDefinition> again) {
    double work = work(model);
    TrainingRun own =
        run.on(
            new Lane(
                seat,
                (task, images) ->
                    progress.start(
                        task,
                        images,
                        work
                            * images
                            / ((double) model.architecture().epochs()
                                * run.images(model.architecture())))));
    Consumer<SoFar> listener =
        soFar -> {
          results.progress(soFar);
          results.bestSoFar().ifPresent(progress::note);
        };
    outcome(own, model, listener, e -> failed(model, e, again)).ifPresent(results::add);
    results.bestSoFar().ifPresent(progress::note);
    progress.ended(work);
  }

  /**
   * Trains one.
   *
   * @param onFailure the outcome, if that is not to be tried again
   */
  private Optional<Outcome> outcome(
      TrainingRun own,
      ModelDefinition model,
      Consumer<SoFar> listener,
      Function<Throwable, Optional<Outcome>> onFailure) {
    results.begin(model.architecture());
    try {
      return Optional.of(ArchitectureTraining.of(own, model).run(listener));
    } catch (Exception | OutOfMemoryError e) {
      // Spark's Scala throws checked exceptions too, which it does not declare.
      if (isOfTheRun(run, e)) {
        throw e;
      }
      LOG.error("the training of {} failed", model.architecture().name(), e);
      return onFailure.apply(e);
    }
  }

  private Optional<Outcome> failed(
      ModelDefinition model, Throwable thrown, Queue<ModelDefinition> again) {
    if (!isOfItsExecutor(thrown)) {
      return Optional.of(failed(model, thrown));
    }
    again.add(model);
    run.context()
        .remark(
            "train %s: %s; it is tried again when the others have ended%n",
            model.architecture().name(), reason(thrown));
    return Optional.empty();
  }

  private Outcome failed(ModelDefinition model, Throwable thrown) {
    String name = model.architecture().name();
    String reason = reason(thrown);
    run.context().remark("train %s: it failed, and the others go on: %s%n", name, reason);
    return ArchitectureTraining.failed(run, model, results.soFar(name), reason);
  }

  /** What every training would meet: files that cannot be read or written, and the run's end. */
  static boolean isOfTheRun(TrainingRun run, Throwable thrown) {
    return run.spark().sc().isStopped()
        || Thread.currentThread().isInterrupted()
        || isOfTheRun(thrown);
  }

  /** A trial that wants more memory than there is may fail while it reads or writes. */
  static boolean isOfTheRun(Throwable thrown) {
    return isStopped(thrown)
        || !isOfItsExecutor(thrown)
            && causes(thrown)
                .anyMatch(
                    cause ->
                        cause instanceof UserException
                            || cause instanceof IOException
                            || cause instanceof UncheckedIOException);
  }

  /** As where a session has no executors for too long, or a training beside this one ends all. */
  private static boolean isStopped(Throwable thrown) {
    return causes(thrown).anyMatch(InterruptedException.class::isInstance) || says(thrown, ENDED);
  }

  /** What another attempt, with nothing beside it, may not meet. */
  private static boolean isOfItsExecutor(Throwable thrown) {
    return causes(thrown).anyMatch(OutOfMemoryError.class::isInstance)
        || says(thrown, OUT_OF_MEMORY)
        || isExecutorLost(thrown);
  }

  private static boolean isExecutorLost(Throwable thrown) {
    return causes(thrown).anyMatch(LostWorkersException.class::isInstance)
        || says(thrown, LOST_EXECUTOR);
  }

  private static boolean says(Throwable thrown, Pattern words) {
    return causes(thrown)
        .map(cause -> String.valueOf(cause.getMessage()))
        .anyMatch(message -> words.matcher(message).find());
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
  }

  /** Why a training failed, in a line. */
  static String reason(Throwable thrown) {
    Throwable first = root(thrown);
    String message = first.getMessage() == null ? "" : first.getMessage();
    String line = message.lines().findFirst().orElse(first.getClass().getSimpleName());
    if (causes(thrown).anyMatch(OutOfMemoryError.class::isInstance)) {
      return "out of memory: " + line;
    }
    if (says(thrown, OUT_OF_MEMORY)) {
      return "out of memory: it ended its executor";
    }
    return isExecutorLost(thrown)
        ? "its executor was lost, often for want of memory; the executor's log says why"
        : line;
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
