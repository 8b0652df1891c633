package io.convoy.job;

import io.convoy.evaluate.ConfusedPairs.PairExamples;
import io.convoy.evaluate.HardExamples.Example;
import io.convoy.explain.GradCam;
import io.convoy.explain.HeatMap;
import io.convoy.explain.Overlay;
import io.convoy.image.ImageHeader;
import io.convoy.image.ImageSize;
import io.convoy.image.Rgb;
import io.convoy.image.UnusableImageException;
import io.convoy.ingest.FileContents;
import io.convoy.modelfile.ModelCard;
import io.convoy.modelfile.ModelFile;
import io.convoy.network.Shape;
import io.convoy.page.ArchitecturePage.ConfusedPair;
import io.convoy.page.ArchitecturePage.Gallery;
import io.convoy.page.ArchitecturePage.Heat;
import io.convoy.page.ArchitecturePage.Picture;
import io.convoy.page.ArchitecturePage.Shown;
import io.convoy.predict.Explanations;
import io.convoy.predict.Explanations.Asked;
import io.convoy.predict.Explanations.Explained;
import io.convoy.predict.Scoring;
import io.convoy.settings.Architecture;
import io.convoy.settings.ImageSettings;
import io.convoy.storage.Storage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/** The hard photos of a run's networks: made small, with where a network sees what it says. */
final class HardPhotos {
  private static final int OVERLAY_SIDE = 32;

  private final Context context;
  private final Optional<JavaSparkContext> spark;
  private final SavedRun run;
  private final Optional<Storage> images;
  private final Function<String, Picture> thumbnails;

  /**
   * @param context for the photos
   * @param spark whose executors look at the photos; without it this process does
   */
  HardPhotos(Context context, Optional<JavaSparkContext> spark, SavedRun run) {
    this.context = context;
    this.spark = spark;
    this.run = run;
    this.images = run.provenance().map(Provenance::images).map(context::storage);
    this.thumbnails =
        images
            .map(folder -> new PhotoThumbnails(folder, run.settings().images()))
            .<Function<String, Picture>>map(made -> made::of)
            .orElse(path -> Picture.missing("its folder is not known"));
  }

  /**
   * Those of a network.
   *
   * @param trainings of the network, several in cross-validation
   */
  Gallery of(List<Architecture> trainings, ArchitecturePredictions predictions) {
    Map<String, Integer> called = called(predictions);
    Map<String, Heat> heat = heat(trainings, called);
    Function<Example, Shown> shown =
        example ->
            new Shown(
                example,
                thumbnails.apply(example.path()),
                Optional.ofNullable(heat.get(example.path())));
    return new Gallery(
        predictions.hardSplit(),
        predictions.hard().threshold(),
        predictions.hard().mistakes().stream().map(shown).toList(),
        predictions.hard().uncertain().stream().map(shown).toList(),
        predictions.confused().stream()
            .map(
                each -> new ConfusedPair(each.pair(), each.examples().stream().map(shown).toList()))
            .toList());
  }

  /** The label that each photo is called, by its path. */
  private static Map<String, Integer> called(ArchitecturePredictions predictions) {
    Map<String, Integer> called = new LinkedHashMap<>();
    float threshold = (float) predictions.hard().threshold();
    for (List<Example> examples :
        List.of(predictions.hard().mistakes(), predictions.hard().uncertain())) {
      for (Example each : examples) {
        called.put(each.path(), (float) each.probability() > threshold ? 1 : 0);
      }
    }
    for (PairExamples pair : predictions.confused()) {
      pair.examples().forEach(each -> called.put(each.path(), pair.pair().predicted()));
    }
    return called;
  }

  /** By the photo's path; without those of networks that have no feature maps, or no model. */
  private Map<String, Heat> heat(List<Architecture> trainings, Map<String, Integer> called) {
    Map<String, List<Asked>> asked =
        called.entrySet().stream()
            .filter(each -> thumbnails.apply(each.getKey()).jpeg().isPresent())
            .map(each -> new Asked(each.getKey(), each.getValue()))
            .collect(Collectors.groupingBy(whoSaw(trainings, called.keySet())));
    Map<String, Heat> heat = new HashMap<>();
    try {
      asked.forEach((training, photos) -> heat.putAll(heat(training, photos)));
    } catch (Exception e) {
      // Exception, as Spark throws checked ones that its Java signatures do not name.
      context.remark(
          "report: where %s looks is not shown: %s%n", trainings.get(0).name(), e.getMessage());
    }
    return heat;
  }

  /** In cross-validation a photo is judged by the training that it was held out from. */
  private Function<Asked, String> whoSaw(List<Architecture> trainings, Set<String> photos) {
    String only = trainings.get(0).name();
    if (trainings.size() == 1) {
      return photo -> only;
    }
    Set<String> names = trainings.stream().map(Architecture::name).collect(Collectors.toSet());
    Map<String, String> saw = new HashMap<>();
    run.tables()
        .predictions(
            each -> {
              if (RunPages.isOfValidation(each)
                  && names.contains(each.architecture())
                  && photos.contains(each.path())) {
                saw.put(each.path(), each.architecture());
              }
            });
    return photo -> saw.getOrDefault(photo.path(), only);
  }

  private Map<String, Heat> heat(String training, List<Asked> photos) {
    Storage file = run.files().bestModel(training);
    if (!file.exists()) {
      return Map.of();
    }
    ModelFile.Loaded model = ModelFile.at(file).load();
    ModelCard card = model.card();
    if (!GradCam.explains(model.network(), new Shape(Rgb.CHANNELS, card.height(), card.width()))) {
      return Map.of();
    }
    ImageSettings limits = run.settings().images();
    Explanations<byte[]> explanations =
        new Explanations<>(
            card,
            new FileContents(
                images.orElseThrow().toString(), new SerializableConfiguration(context.hadoop())),
            new Scoring.Limits(limits.maxPixels(), limits.maxFileBytes()),
            HardPhotos::overlay);
    List<Explained<byte[]>> explained =
        spark
            .map(open -> explanations.on(open, model.network(), photos))
            .orElseGet(() -> explanations.here(model.network(), photos));
    return explained.stream()
        .collect(
            Collectors.toMap(
                Explained::path,
                each ->
                    new Heat(Optional.of(each.picture()).filter(picture -> picture.length > 0))));
  }

  /**
   * Browsers draw it larger, with straight lines between its pixels. Empty where nothing is warm.
   */
  private static byte[] overlay(String path, byte[] file, HeatMap heat)
      throws UnusableImageException {
    if (heat.isEmpty()) {
      return new byte[0];
    }
    ImageHeader header = ImageHeader.read(file);
    return Overlay.transparent(
        heat, new ImageSize(header.height(), header.width()).within(OVERLAY_SIDE));
  }
}
