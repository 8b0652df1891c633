package io.convoy.job;

import io.convoy.bench.ForecastBench;
import io.convoy.cli.PlanCommand;
import io.convoy.failure.Amount;
import io.convoy.failure.UserException;
import io.convoy.network.NetworkSummary;
import io.convoy.plan.EpochSteps;
import io.convoy.plan.Forecast;
import io.convoy.plan.ForecastTable;
import io.convoy.plan.Makespan;
import io.convoy.plan.PlannedCluster;
import io.convoy.plan.SearchForecast;
import io.convoy.plan.StepTime;
import io.convoy.progress.Progress;
import io.convoy.search.Rungs;
import io.convoy.settings.Architecture;
import io.convoy.settings.Precision;
import io.convoy.settings.ResolvedSettings;
import io.convoy.settings.SearchSettings;
import io.convoy.settings.Settings;
import io.convoy.settings.SplitSettings;
import io.convoy.settings.SplitWay;
import io.convoy.settings.TrainingPhotos;
import io.convoy.storage.Storage;
import io.convoy.storage.TemporaryFolder;
import io.convoy.train.Workers;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/** {@code plan}: measures on this machine, and predicts the epochs on a cluster. */
public final class PlanJob {
  /** Kaggle's cats and dogs. */
  private static final int PHOTOS = 25_000;

  private final Context context;

  public PlanJob(Context context) {
    this.context = context;
  }

  /**
   * Measures, and prints a table.
   *
   * @throws UserException also where Spark is not on this machine alone, or that has one core
   */
  public void run(PlanCommand command) {
    ResolvedSettings asked = SettingsFiles.resolve(command.settings().quiet(), context);
    int images = command.images().orElseGet(() -> trainingImages(asked.settings().split()));
    ResolvedSettings resolved =
        asked.forPhotos(
            TrainingPhotos.OF_THE_TUTORIAL.of(images, asked.settings().images().classCount()));
    SettingsFiles.show(command.settings(), resolved, context);
    resolved.choices().forEach(choice -> context.remark("plan: %s%n", choice));
    Settings settings = resolved.settings();
    PlannedCluster cluster =
        new PlannedCluster(command.executors(), command.cores(), command.gigabits());
    requireTrainable(settings, cluster, images);
    SparkContext spark = context.spark().get().sparkContext();
    int threads = threads(spark, Runtime.getRuntime().availableProcessors());
    ForecastBench bench =
        new ForecastBench(JavaSparkContext.fromSparkContext(spark), settings, cluster, threads);
    tellPrecision(settings, bench);
    List<Forecast> forecasts = measure(bench, images);
    context.print(
        "Measured here: a training step on 1 and on %d threads%s, and a round of 2 executors of one"
            + " core each.%n",
        threads,
        bench.neighbours() == 1
            ? ""
            : ", and of " + bench.neighbours() + " networks side by side as on a shared machine");
    context.print(
        "Assumed: %s%s; executors like this machine; a network of %s Gbit/s%s.%n%n",
        Amount.of(images, "training image"),
        command.images().isPresent() ? "" : " (--images sets another number)",
        format(cluster.gigabits()),
        cluster.cores() > threads
            ? "; "
                + Amount.of(cluster.cores(), "core")
                + " by Amdahl's law, this machine has "
                + threads
            : "");
    context.print(
        "%s", ForecastTable.render(forecasts, cluster, settings.train().usualFrequency()));
    if (cluster.executors() > 1) {
      context.print(
          "%nAll but the advice is for train.averaging-frequency = %d%s. Fewer averagings cost accuracy,"
              + " which is not predicted.%n",
          settings.train().usualFrequency(),
          settings.train().averagingFrequency().isPresent()
              ? ""
              : ", with which auto begins behind the warm-up");
    }
    if (cluster.executors() > 1) {
      tellTrainings(settings, forecasts, cluster);
    }
    if (!resolved.search().space().isEmpty()) {
      tellSearch(resolved, forecasts, cluster);
    }
  }

  /** What all trainings take, side by side and one after the other. */
  private void tellTrainings(Settings settings, List<Forecast> forecasts, PlannedCluster cluster) {
    int frequency = settings.train().usualFrequency();
    int trainings = settings.train().trainings();
    List<Double> alone = new ArrayList<>();
    double shared = 0;
    for (int i = 0; i < forecasts.size(); i++) {
      int epochs = settings.architectures().get(i).epochs();
      double time = time(settings.architectures().get(i));
      double secondsAlone = forecasts.get(i).epochAlone(cluster, frequency).seconds(time);
      alone.addAll(Collections.nCopies(trainings, epochs * secondsAlone));
      shared += trainings * epochs * forecasts.get(i).epoch(cluster, frequency).seconds(time);
    }
    context.print(
        "%nAll epochs: about %s with a network on each executor, about %s one after the other on all;"
            + " train.parallel = %s with these settings.%n",
        Progress.duration((long) Math.ceil(new Makespan(cluster.executors()).of(alone))),
        Progress.duration((long) Math.ceil(shared)),
        settings.train().isOfTrials(alone.size(), cluster.executors()) ? "trials" : "averaging");
  }

  /** Of its training in the mean, as a share of that of whole images. */
  private static double time(Architecture architecture) {
    return architecture.recipe().resizing().time(architecture.epochs());
  }

  private void tellSearch(
      ResolvedSettings resolved, List<Forecast> forecasts, PlannedCluster cluster) {
    SearchSettings search = resolved.search();
    List<Architecture> architectures = resolved.settings().architectures();
    int frequency = resolved.settings().train().usualFrequency();
    SearchForecast forecast =
        new SearchForecast(
            search.trials(),
            new Rungs(
                search.minEpochs(),
                search.reduction(),
                architectures.stream().mapToInt(Architecture::epochs).max().orElseThrow()),
            IntStream.range(0, architectures.size())
                .mapToObj(
                    i ->
                        new SearchForecast.Training(
                            architectures.get(i).epochs(),
                            forecasts
                                .get(i)
                                .epochAlone(cluster, frequency)
                                .seconds(time(architectures.get(i)))))
                .toList());
    context.print(
        "%nA search: %s, about %,d epochs instead of %,d, in about %s with a trial on each executor, if"
            + " they cost what these architectures do; then the best %d are trained to their end.%n",
        forecast.words(),
        forecast.epochs(),
        forecast.epochsInFull(),
        Progress.duration((long) Math.ceil(forecast.seconds(cluster.executors()))),
        Math.min(search.best(), search.trials()));
  }

  private static String format(double gigabits) {
    return new BigDecimal(gigabits).stripTrailingZeros().toPlainString();
  }

  private static int trainingImages(SplitSettings split) {
    return split
        .way()
        .match(
            shares -> (int) Math.max(1, Math.round(PHOTOS * shares.train())),
            SplitWay.ByCounts::train,
            given -> PHOTOS);
  }

  /** What training itself would refuse, before anything is measured. */
  private static void requireTrainable(Settings settings, PlannedCluster cluster, int images) {
    if (settings.train().workers().isPresent()) {
      throw new UserException(
          "train.workers = %d: plan predicts one worker an executor; leave train.workers at auto, and"
              + " give --executors and --cores as the workers would share them.",
          settings.train().workers().getAsInt());
    }
    Workers workers = new Workers(cluster.executors(), cluster.cores());
    settings
        .architectures()
        .forEach(
            architecture -> {
              NetworkSummary.of(
                  architecture,
                  settings.images().classCount(),
                  settings.images().height(),
                  settings.images().width());
              int batch =
                  settings.train().batchOf().perWorker(architecture.batch(), workers.count());
              workers.requireEnough(architecture.name(), batch, images);
            });
  }

  private static int threads(SparkContext spark, int processors) {
    if (!spark.master().startsWith("local")) {
      throw new UserException(
          "plan measures on one machine, and Spark's master is %s; use submit/local, or"
              + " --master 'local[*]' of spark-submit.",
          spark.master());
    }
    if (processors < 2) {
      throw new UserException(
          "plan measures two workers side by side, and this machine has one core; give it two or"
              + " more.");
    }
    return processors;
  }

  private List<Forecast> measure(ForecastBench bench, int images) {
    Path folder = TemporaryFolder.make("convoy-plan");
    try {
      Storage examples = context.storage("file://" + folder);
      return bench.run(examples, images, this::tell);
    } finally {
      TemporaryFolder.delete(folder);
    }
  }

  private void tellPrecision(Settings settings, ForecastBench bench) {
    List<String> halved =
        settings.architectures().stream()
            .filter(architecture -> bench.precision(architecture) == Precision.BFLOAT16)
            .map(Architecture::name)
            .toList();
    if (!halved.isEmpty()) {
      context.remark("plan: in bfloat16: %s%n", String.join(", ", halved));
    }
  }

  private void tell(Forecast forecast) {
    if (!forecast.alone().equals(forecast.shared())) {
      tellStep(forecast.architecture(), forecast.alone());
    }
    tellStep(forecast.architecture(), forecast.shared());
    context.remark(
        "plan %s: a round takes %.3f s%n", forecast.architecture(), forecast.round().measured());
  }

  private void tellStep(String architecture, EpochSteps steps) {
    StepTime time = steps.time();
    context.remark(
        "plan %s: a step of %s takes %.3f s on 1 thread, %.3f s on %d (%.0f %% of it in"
            + " parallel), %.2f times as long beside others%n",
        architecture,
        Amount.of(steps.workload().batch(), "image"),
        time.single(),
        time.all(),
        time.threads(),
        100 * time.parallelShare(),
        time.crowding());
  }
}
