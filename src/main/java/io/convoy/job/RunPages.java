package io.convoy.job;

import io.convoy.dataset.Manifest;
import io.convoy.dataset.ShapeCounts;
import io.convoy.dataset.Split;
import io.convoy.evaluate.ConfusedPairs;
import io.convoy.evaluate.HardExamples;
import io.convoy.evaluate.HardExamples.Example;
import io.convoy.evaluate.Predictions;
import io.convoy.failure.UserException;
import io.convoy.image.ImageSize;
import io.convoy.modelfile.FirstKernels;
import io.convoy.page.ArchitecturePage;
import io.convoy.page.ArchitecturePage.ConfusedPair;
import io.convoy.page.ArchitecturePage.Gallery;
import io.convoy.page.ArchitecturePage.Picture;
import io.convoy.page.ArchitecturePage.Shown;
import io.convoy.page.ArchitecturePage.SplitCurves;
import io.convoy.page.KernelMosaic;
import io.convoy.page.RunPage;
import io.convoy.page.RunPage.Data;
import io.convoy.page.RunPage.Photos;
import io.convoy.page.RunPage.State;
import io.convoy.page.RunPage.Survey;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.RepeatTable;
import io.convoy.report.TrialTable;
import io.convoy.settings.Architecture;
import io.convoy.storage.Storage;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gathers what the page shows of a run: from its folder, its data set and its photos. */
final class RunPages {
  private static final int SHOWN_REJECTED = 100;
  private static final int SHOWN_SHAPES = 1000;
  private static final int SHOWN_PAIRS = 8;

  private final Context context;
  private final int photosOfAKind;

  /**
   * @param context for the photos and the data set
   * @param photosOfAKind how many photos of each kind are shown of an architecture
   */
  RunPages(Context context, int photosOfAKind) {
    this.context = context;
    this.photosOfAKind = photosOfAKind;
  }

  /**
   * The page of a run.
   *
   * @param name to tell it from others by
   */
  RunPage page(SavedRun run, String name) {
    Map<String, ArchitecturePredictions> predictions = predictions(run);
    Function<Example, Shown> pictures = pictures(run);
    Map<String, ArchitectureResult> results =
        run.results().stream()
            .collect(Collectors.toMap(r -> r.architecture().name(), Function.identity()));
    List<ArchitecturePage> architectures =
        run.settings().architectures().stream()
            .map(Architecture::name)
            .map(
                each ->
                    page(
                        run,
                        each,
                        Optional.ofNullable(results.get(each)),
                        Optional.ofNullable(predictions.get(each)),
                        pictures))
            .toList();
    return new RunPage(
        name,
        run.folder().toString(),
        run.files().isFinished() ? State.FINISHED : State.UNFINISHED,
        run.settings().images().classes(),
        data(run, predictions),
        architectures,
        photos(run),
        run.tables().rejected(SHOWN_REJECTED),
        ProvenanceFacts.of(run),
        TrialTable.read(run.files().tables()),
        new RepeatTable().read(run.files().tables()));
  }

  private static Data data(SavedRun run, Map<String, ArchitecturePredictions> predictions) {
    return new Data(
        run.provenance().map(Provenance::images),
        run.provenance().map(Provenance::datasetContentHash),
        run.results().stream().mapToLong(ArchitectureResult::trainImages).max().orElse(0),
        run.results().stream()
            .map(result -> predictions.get(result.architecture().name()).heldOut())
            .findFirst()
            .orElse(Map.of()));
  }

  /** Only of architectures with a result, which tells how to judge them. */
  private Map<String, ArchitecturePredictions> predictions(SavedRun run) {
    Map<String, ArchitecturePredictions> all = new HashMap<>();
    for (ArchitectureResult result : run.results()) {
      all.put(
          result.architecture().name(),
          new ArchitecturePredictions(
              run.settings().images().classes().size(),
              result.judgedSplit(),
              new HardExamples(result.threshold(), photosOfAKind),
              pairs(result)));
    }
    run.tables()
        .predictions(
            prediction ->
                Optional.ofNullable(all.get(prediction.architecture()))
                    .ifPresent(one -> one.add(prediction)));
    return all;
  }

  /** As many photos in all as there are of two classes, which have two kinds. */
  private ConfusedPairs pairs(ArchitectureResult result) {
    return new ConfusedPairs(
        result.judged().confusion().mistakes().stream().limit(SHOWN_PAIRS).toList(),
        Math.max(1, 2 * photosOfAKind / SHOWN_PAIRS));
  }

  private Function<Example, Shown> pictures(SavedRun run) {
    if (run.provenance().isEmpty()) {
      return example -> new Shown(example, Picture.missing("its folder is not known"));
    }
    PhotoThumbnails pictures =
        new PhotoThumbnails(
            context.storage(run.provenance().get().images()), run.settings().images());
    return example -> new Shown(example, pictures.of(example.path()));
  }

  private ArchitecturePage page(
      SavedRun run,
      String name,
      Optional<ArchitectureResult> result,
      Optional<ArchitecturePredictions> predictions,
      Function<Example, Shown> pictures) {
    Map<String, Predictions> bySplit =
        predictions.map(ArchitecturePredictions::bySplit).orElse(Map.of());
    List<SplitCurves> curves =
        bySplit.entrySet().stream()
            .map(split -> SplitCurves.of(split.getKey(), split.getValue()))
            .toList();
    return new ArchitecturePage(
        name,
        result,
        run.epochs().stream().filter(epoch -> epoch.architecture().equals(name)).toList(),
        bySplit,
        curves,
        predictions
            .filter(
                one ->
                    result.filter(known -> known.judged().confusion().images() > 0).isPresent()
                        || !one.hard().uncertain().isEmpty())
            .map(one -> gallery(one, pictures)),
        kernels(run.files().bestModel(name)));
  }

  private static Gallery gallery(
      ArchitecturePredictions predictions, Function<Example, Shown> pictures) {
    HardExamples hard = predictions.hard();
    return new Gallery(
        predictions.hardSplit(),
        hard.threshold(),
        hard.mistakes().stream().map(pictures).toList(),
        hard.uncertain().stream().map(pictures).toList(),
        predictions.confused().stream()
            .map(
                each ->
                    new ConfusedPair(each.pair(), each.examples().stream().map(pictures).toList()))
            .toList());
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
