package io.convoy.job;

import io.convoy.compare.Candidate;
import io.convoy.dataset.Manifest;
import io.convoy.dataset.ShapeCounts;
import io.convoy.dataset.Split;
import io.convoy.evaluate.ConfusedPairs;
import io.convoy.evaluate.HardExamples;
import io.convoy.evaluate.Measure;
import io.convoy.evaluate.Predictions;
import io.convoy.evaluate.SplitMetrics;
import io.convoy.failure.UserException;
import io.convoy.image.ImageSize;
import io.convoy.modelfile.FirstKernels;
import io.convoy.page.ArchitecturePage;
import io.convoy.page.ArchitecturePage.SplitCurves;
import io.convoy.page.KernelMosaic;
import io.convoy.page.RunPage;
import io.convoy.page.RunPage.Data;
import io.convoy.page.RunPage.Experiments;
import io.convoy.page.RunPage.Photos;
import io.convoy.page.RunPage.RepeatedTrainings;
import io.convoy.page.RunPage.State;
import io.convoy.page.RunPage.Survey;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.EpochSummary;
import io.convoy.report.PredictionTable.Prediction;
import io.convoy.report.RepeatTable;
import io.convoy.report.RepeatTable.Repeated;
import io.convoy.report.TrialTable;
import io.convoy.settings.Architecture;
import io.convoy.storage.Storage;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/** Gathers what the page shows of a run: from its folder, its data set and its photos. */
final class RunPages {
  private static final int SHOWN_REJECTED = 100;
  private static final int SHOWN_SHAPES = 1000;
  private static final int SHOWN_PAIRS = 8;

  private final Context context;
  private final Optional<JavaSparkContext> spark;
  private final int photosOfAKind;

  /**
   * @param context for the photos and the data set
   * @param spark whose executors look at the hard photos; without it this process does
   * @param photosOfAKind how many photos of each kind are shown of an architecture
   */
  RunPages(Context context, Optional<JavaSparkContext> spark, int photosOfAKind) {
    this.context = context;
    this.spark = spark;
    this.photosOfAKind = photosOfAKind;
  }

  /**
   * The page of a run.
   *
   * @param name to tell it from others by
   */
  RunPage page(SavedRun run, String name) {
    Map<String, ArchitectureResult> results = results(run);
    Map<String, ArchitecturePredictions> predictions = predictions(run, results);
    HardPhotos photos = new HardPhotos(context, spark, run);
    List<ArchitecturePage> architectures =
        networks(run).entrySet().stream()
            .map(
                of ->
                    page(
                        run,
                        of.getKey(),
                        of.getValue(),
                        Optional.ofNullable(results.get(of.getKey())),
                        Optional.ofNullable(predictions.get(of.getKey())),
                        photos))
            .toList();
    return new RunPage(
        name,
        run.folder().toString(),
        run.files().isFinished() ? State.FINISHED : State.UNFINISHED,
        run.settings().images().classes(),
        data(run, results, predictions),
        architectures,
        photos(run),
        run.tables().rejected(SHOWN_REJECTED),
        ProvenanceFacts.of(run),
        new Experiments(
            TrialTable.read(run.files().tables()),
            new RepeatTable()
                .read(run.files().tables()).stream().map(mean -> trainings(run, mean)).toList()));
  }

  private static RepeatedTrainings trainings(SavedRun run, Repeated mean) {
    Map<String, ArchitectureResult> results =
        run.results().stream()
            .collect(Collectors.toMap(r -> r.architecture().name(), Function.identity()));
    return new RepeatedTrainings(
        mean,
        run.settings().architectures().stream()
            .filter(
                each ->
                    each.recipe()
                        .repeat()
                        .repeated()
                        .filter(mean.architecture()::equals)
                        .isPresent())
            .flatMap(each -> Optional.ofNullable(results.get(each.name())).stream())
            .map(result -> mean.split().equals("test") ? result.test() : result.validation())
            .map(split -> value(mean.metric().name(), split.metrics()))
            .toList());
  }

  private static double value(String metric, SplitMetrics metrics) {
    Double value =
        metric.equals("accuracy")
            ? metrics.accuracy()
            : Measure.valueOf(metric.toUpperCase(Locale.ROOT)).of(metrics);
    return value == null ? Double.NaN : value;
  }

  private static Data data(
      SavedRun run,
      Map<String, ArchitectureResult> results,
      Map<String, ArchitecturePredictions> predictions) {
    return new Data(
        run.provenance().map(Provenance::images),
        run.provenance().map(Provenance::datasetContentHash),
        results.values().stream().mapToLong(ArchitectureResult::trainImages).max().orElse(0),
        results.keySet().stream()
            .map(name -> predictions.get(name).heldOut())
            .findFirst()
            .orElse(Map.of()));
  }

  /** The trainings of each network that is shown, which has several in cross-validation. */
  private static Map<String, List<Architecture>> networks(SavedRun run) {
    return run.settings().architectures().stream()
        .collect(
            Collectors.groupingBy(
                each -> each.ofAllFolds().name(), LinkedHashMap::new, Collectors.toList()));
  }

  /** Those with a result; with one of all folds, if all are done. */
  private static Map<String, ArchitectureResult> results(SavedRun run) {
    List<ArchitectureResult> results =
        isCrossValidated(run.settings().architectures())
            ? run.candidates("").stream().map(Candidate::result).toList()
            : run.results();
    Map<String, ArchitectureResult> byName = new LinkedHashMap<>();
    results.forEach(result -> byName.put(result.architecture().name(), result));
    return byName;
  }

  private static boolean isCrossValidated(List<Architecture> trainings) {
    return trainings.get(0).recipe().repeat().crossValidation().isPresent();
  }

  static boolean isOfValidation(Prediction prediction) {
    return prediction.split().equals(Split.VALIDATION.key());
  }

  /**
   * Only of networks with a result, which tells how to judge them; in cross-validation of the folds
   * that validate, as all folds predict the test split.
   */
  private Map<String, ArchitecturePredictions> predictions(
      SavedRun run, Map<String, ArchitectureResult> results) {
    Map<String, ArchitecturePredictions> all = new HashMap<>();
    results.forEach(
        (name, result) ->
            all.put(
                name,
                new ArchitecturePredictions(
                    run.settings().images().classes().size(),
                    result.judgedSplit(),
                    new HardExamples(result.threshold(), photosOfAKind),
                    pairs(result))));
    Map<String, Architecture> trainings =
        run.settings().architectures().stream()
            .collect(Collectors.toMap(Architecture::name, Function.identity()));
    run.tables()
        .predictions(
            prediction -> {
              Architecture training = trainings.get(prediction.architecture());
              if (training != null
                  && (isOfValidation(prediction) || !isCrossValidated(List.of(training)))) {
                Optional.ofNullable(all.get(training.ofAllFolds().name()))
                    .ifPresent(one -> one.add(prediction));
              }
            });
    return all;
  }

  /** As many photos in all as there are of two classes, which have two kinds. */
  private ConfusedPairs pairs(ArchitectureResult result) {
    return new ConfusedPairs(
        result.judged().confusion().mistakes().stream().limit(SHOWN_PAIRS).toList(),
        Math.max(1, 2 * photosOfAKind / SHOWN_PAIRS));
  }

  private ArchitecturePage page(
      SavedRun run,
      String name,
      List<Architecture> trainings,
      Optional<ArchitectureResult> result,
      Optional<ArchitecturePredictions> predictions,
      HardPhotos photos) {
    Map<String, Predictions> bySplit =
        predictions.map(ArchitecturePredictions::bySplit).orElse(Map.of());
    List<SplitCurves> curves =
        bySplit.entrySet().stream()
            .map(split -> SplitCurves.of(split.getKey(), split.getValue()))
            .toList();
    return new ArchitecturePage(
        name,
        result,
        epochs(run, name, trainings),
        bySplit,
        curves,
        predictions
            .filter(
                one ->
                    result.filter(known -> known.judged().confusion().images() > 0).isPresent()
                        || !one.hard().uncertain().isEmpty())
            .map(one -> photos.of(trainings, one)),
        kernels(run.files().bestModel(trainings.get(0).name())));
  }

  private static List<EpochSummary> epochs(
      SavedRun run, String name, List<Architecture> trainings) {
    Set<String> names = trainings.stream().map(Architecture::name).collect(Collectors.toSet());
    List<EpochSummary> epochs =
        run.epochs().stream().filter(epoch -> names.contains(epoch.architecture())).toList();
    return isCrossValidated(trainings) ? EpochSummary.means(name, epochs) : epochs;
  }

  private Optional<KernelMosaic> kernels(Storage model) {
    try {
      return model.exists()
          ? FirstKernels.of(model)
              .map(k -> KernelMosaic.of(k.count(), k.height(), k.width(), k.weights()))
          : Optional.empty();
    } catch (UncheckedIOException | UserException e) {
      context.remark("report: the kernels of %s are not shown: %s%n", model, e.getMessage());
      return Optional.empty();
    }
  }

  private Photos photos(SavedRun run) {
    if (run.provenance().isEmpty()) {
      return Photos.missing(
          "The run has no provenance.json, so its photos are not known and not shown.");
    }
    String place = run.provenance().get().dataset();
    try {
      Storage dataset = context.storage(place);
      if (ShapeCounts.canRead(dataset)) {
        return Photos.of(survey(dataset));
      }
    } catch (UncheckedIOException | UserException e) {
      context.remark(
          "report: the shapes of the photos of %s are not shown: %s%n",
          run.folder(), e.getMessage());
    }
    return Photos.missing(
        "The data set %s is no longer there, so the shapes of its photos are not shown."
            .formatted(place));
  }

  private Survey survey(Storage dataset) {
    Manifest manifest = Manifest.read(dataset);
    ShapeCounts shapes = ShapeCounts.of(dataset, SHOWN_SHAPES);
    return new Survey(
        new ImageSize(manifest.height(), manifest.width()),
        Stream.of(Split.values())
            .map(split -> new Survey.SplitSize(split.key(), manifest.counts(split).perClass()))
            .toList(),
        shapes.common().stream()
            .map(count -> new Survey.ShapeCount(count.shape(), count.photos()))
            .toList(),
        shapes.distinct());
  }
}
