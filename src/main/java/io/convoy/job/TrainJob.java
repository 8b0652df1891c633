package io.convoy.job;

import com.typesafe.config.ConfigUtil;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.TrainCommand;
import io.convoy.dataset.DatasetTables;
import io.convoy.dataset.Folds;
import io.convoy.dataset.Manifest;
import io.convoy.dataset.Shards;
import io.convoy.engine.PrecisionChoice;
import io.convoy.failure.Amount;
import io.convoy.failure.UserException;
import io.convoy.modelfile.ModelCard;
import io.convoy.settings.Architecture;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.Repeat.Fold;
import io.convoy.settings.ResolvedSettings;
import io.convoy.settings.Settings;
import io.convoy.settings.SettingsLoader;
import io.convoy.settings.SplitSettings;
import io.convoy.settings.TrainSettings;
import io.convoy.settings.TrainingPhotos;
import io.convoy.spark.SessionExecutors;
import io.convoy.storage.Storage;
import io.convoy.train.Workers;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** {@code train}: each architecture on a data set, one after the other; tables as they come. */
public final class TrainJob {
  private final Context context;

  public TrainJob(Context context) {
    this.context = context;
  }

  /** Trains on a data set that {@code prepare} made. */
  public void run(TrainCommand command) {
    Optional<FromModel> from = command.from().map(context::storage).map(FromModel::at);
    Storage dataset = context.storage(command.data());
    Manifest manifest = Manifest.read(dataset);
    SettingsSource source = ofDataset(command.settings(), from, manifest, dataset);
    ResolvedSettings resolved =
        TrainingPlan.settled(
            source,
            TrainingPlan.resolve(source, from, context),
            manifest.classes(),
            new TrainingPhotos(
                manifest.train().examples(),
                manifest.classes().size(),
                manifest.height(),
                manifest.width()),
            context);
    tellOfOtherSplit(command.settings(), from, resolved, dataset);
    TrainingPlan plan =
        TrainingPlan.of(
            context, resolved, from, manifest.classes(), manifest.height(), manifest.width());
    Storage out = context.storage(command.out());
    try (RunFolder folder =
        RunFolder.open(context, out, command.existing(), resolved, plan.inputs(dataset))) {
      train(dataset, folder, plan);
    }
  }

  /**
   * The settings with what the data set has decided already: its classes, the size of its images,
   * and its split, which those of another conf may have in another way.
   *
   * @throws UserException if others are asked for
   */
  private SettingsSource ofDataset(
      SettingsSource source, Optional<FromModel> from, Manifest manifest, Storage dataset) {
    ResolvedSettings resolved = TrainingPlan.resolve(source, from, context);
    ImageSettings asked = resolved.settings().images();
    if (!asked.findsClasses() && !asked.classes().equals(manifest.classes())) {
      throw new UserException(
          "images.classes is [%s], but the data set %s was prepared with [%s]: leave images.classes"
              + " out, or prepare the photos anew.",
          Amount.ofNames(asked.classes()), dataset, Amount.ofNames(manifest.classes()));
    }
    // What a model takes is not asked for, and is compared with the data set elsewhere.
    Optional<ModelCard> card = from.map(model -> model.model().card());
    ImageSettings.GivenSize given = resolved.size();
    if (differs(given.height(), card.map(ModelCard::height), manifest.height())
        || differs(given.width(), card.map(ModelCard::width), manifest.width())) {
      throw new UserException(
          "images.height and images.width are %d and %d, but the data set %s was prepared with %d and"
              + " %d: leave them out, or prepare the photos anew.",
          asked.height(), asked.width(), dataset, manifest.height(), manifest.width());
    }
    Map<String, String> decided =
        new LinkedHashMap<>(Optional.ofNullable(manifest.settings()).orElse(Map.of()));
    decided.put("images.height", Integer.toString(manifest.height()));
    decided.put("images.width", Integer.toString(manifest.width()));
    decided.put(
        "images.classes",
        manifest.classes().stream()
            .map(ConfigUtil::quoteString)
            .collect(Collectors.joining(", ", "[", "]")));
    return source.with(decided);
  }

  /** A conf that is given for its networks may have a split, which does not count any more. */
  private void tellOfOtherSplit(
      SettingsSource source, Optional<FromModel> from, ResolvedSettings resolved, Storage dataset) {
    SplitSettings asked = TrainingPlan.resolve(source.quiet(), from, context).settings().split();
    SplitSettings usual = new SettingsLoader().load(List.of(), Map.of()).settings().split();
    if (!asked.equals(resolved.settings().split()) && !asked.equals(usual)) {
      context.remark(
          "train: the split is that of the data set %s, not the one of the settings%n", dataset);
    }
  }

  private static boolean differs(Optional<Integer> given, Optional<Integer> ofModel, int prepared) {
    return given.isPresent() && !given.equals(ofModel) && given.get() != prepared;
  }

  /** Trains into the folder, and keeps the log in it however that ends. */
  void train(Storage dataset, RunFolder folder, TrainingPlan plan) {
    train(dataset, folder, plan, () -> {}, Optional.empty());
  }

  /**
   * Trains what was begun elsewhere.
   *
   * @param bring what is there into the folder, once that is ready
   * @param outer what a tracking server calls the run that this one is a part of
   */
  void train(
      Storage dataset,
      RunFolder folder,
      TrainingPlan plan,
      Runnable bring,
      Optional<String> outer) {
    if (folder.isFinished()) {
      folder.finishAgain();
      context.print("The run is finished already. Tables: %s%n", folder.files().tables());
      if (!folder.files().page().exists()) {
        new ReportJob(context).runAtEnd(folder.files(), Optional.empty());
      }
      return;
    }
    TrainingRun run = open(dataset, folder, plan);
    Map<String, Double> seconds = begin(run, plan);
    bring.run();
    String name = folder.files().folder().name();
    try (RunTracking tracking =
        RunTracking.of(context, run, plan.resolved(), name, outer, Map.of())) {
      try {
        trainEach(run, plan.models(), seconds, tracking);
      } finally {
        keepLog(folder);
      }
      folder.finish();
      context.print("Tables: %s%n", folder.files().tables());
      new ReportJob(context).runAtEnd(folder.files(), Optional.of(run.spark()));
      tracking.finish();
    }
  }

  /** Starts Spark, and refuses what the data set or the workers do not allow. */
  TrainingRun open(Storage dataset, RunFolder folder, TrainingPlan plan) {
    Manifest manifest = Manifest.read(dataset);
    Settings settings = plan.resolved().settings();
    Map<Integer, Folds> folds = folds(dataset, manifest, settings);
    JavaSparkContext spark =
        JavaSparkContext.fromSparkContext(context.spark().get().sparkContext());
    Workers executors = executors(spark, settings.train());
    Workers workers =
        settings.train().isOfTrials(settings.architectures().size(), executors.count())
            ? executors.alone()
            : executors;
    Broadcast<Shards> shards = Shards.share(spark, dataset.toString(), manifest.shardHashes());
    TrainingRun run =
        new TrainingRun(
            context,
            spark,
            folder,
            dataset,
            manifest,
            shards,
            folds,
            settings.train(),
            executors,
            workers,
            new PrecisionChoice(
                settings.train().precision(), "train.precision", executors.natives(spark)),
            plan.from(),
            new Lane(new SessionExecutors(spark.sc())::executors, context::progress));
    for (Architecture a : settings.architectures()) {
      workers.requireEnough(a.name(), run.batch(a), run.images(a));
      requireMeasurable(a, manifest);
    }
    Shards.requirePrepared(spark, dataset, manifest, shards);
    plan.models().forEach(run::precision);
    return run;
  }

  /**
   * Begins in the folder, or goes on there, and tells what will be trained by what.
   *
   * @return the seconds that each network is thought to take, by its name, where that matters
   */
  private Map<String, Double> begin(TrainingRun run, TrainingPlan plan) {
    boolean goesOn =
        run.folder().begin(Provenance.of(run, plan.bases(), precisions(run, plan.models())));
    if (goesOn) {
      context.remark("train: going on with the run that was stopped%n");
    }
    int atOnce = atOnce(run, plan.models());
    if (atOnce > 1) {
      context.remark(
          "train: %d networks side by side, each by %s on an executor of its own; train.parallel ="
              + " averaging trains one after the other on all%n",
          atOnce, run.workers());
    } else {
      context.remark("train: %s%n", run.workers());
    }
    run.precision().executors().forEach(each -> context.remark("train: %s%n", each));
    precisions(run, plan.models()).entrySet().stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getValue,
                TreeMap::new,
                Collectors.mapping(Map.Entry::getKey, Collectors.joining(", "))))
        .forEach((precision, names) -> context.remark("train: in %s: %s%n", precision, names));
    if (goesOn && atOnce == 1) {
      return Map.of();
    }
    TrainingEstimate estimate = new TrainingEstimate(run);
    Map<String, Double> seconds =
        atOnce > 1 ? estimate.measuredOfTrials(plan.models()) : estimate.measured(plan.models());
    if (!goesOn) {
      context.remark(
          "train: will train %s%n", TrainingEstimate.words(plan.models(), seconds, atOnce));
    }
    return seconds;
  }

  /** How many networks are trained side by side. */
  private static int atOnce(TrainingRun run, List<ModelDefinition> models) {
    int executors = run.executors().count();
    return run.settings().isOfTrials(models.size(), executors)
        ? Math.min(models.size(), executors)
        : 1;
  }

  private static Workers executors(JavaSparkContext spark, TrainSettings settings) {
    return Workers.of(spark.sc(), settings.workers());
  }

  /** What each architecture's passes compute with, in words, in the architectures' order. */
  private static Map<String, String> precisions(TrainingRun run, List<ModelDefinition> models) {
    Map<String, String> precisions = new LinkedHashMap<>();
    models.forEach(
        model -> precisions.put(model.architecture().name(), run.precision(model).key()));
    return precisions;
  }

  /** Without validation images patience would never end. */
  private static Map<Integer, Folds> folds(Storage dataset, Manifest manifest, Settings settings) {
    return settings.architectures().stream()
        .flatMap(each -> each.recipe().repeat().crossValidation().stream())
        .map(Fold::count)
        .distinct()
        .collect(
            Collectors.toMap(
                Function.identity(),
                count -> Folds.of(new DatasetTables(dataset), count, manifest.classes())));
  }

  private static void requireMeasurable(Architecture architecture, Manifest manifest) {
    if (architecture.recipe().stopping().patient().isPresent()
        && architecture.recipe().repeat().crossValidation().isEmpty()
        && manifest.validation().examples() == 0) {
      throw new UserException(
          "architectures.%s.stop: there are no validation images to measure; leave it out, or give"
              + " split some to prepare.",
          architecture.name());
    }
  }

  private static void trainEach(
      TrainingRun run,
      List<ModelDefinition> models,
      Map<String, Double> seconds,
      RunTracking tracking) {
    RunResults results =
        new RunResults(
            run, tracking, models.stream().map(each -> each.architecture().name()).toList());
    if (atOnce(run, models) > 1) {
      new Trials(run, results, seconds).train(models);
    } else {
      models.forEach(
          model -> {
            results.begin(model.architecture());
            results.add(ArchitectureTraining.of(run, model).run(results::progress));
          });
    }
    run.context().print("%s%n", results.ranking());
  }

  /** Where the cluster keeps the log, there is no file to keep. */
  void keepLog(RunFolder folder) {
    Path log = context.log();
    if (Files.isRegularFile(log)) {
      try {
        folder.files().log(log.getFileName().toString()).write(copy -> Files.copy(log, copy));
      } catch (UncheckedIOException e) {
        context.remark("The log could not be copied into the run; it is %s%n", log);
      }
    }
  }
}
