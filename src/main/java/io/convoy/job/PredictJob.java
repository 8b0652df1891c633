package io.convoy.job;

import io.convoy.cli.PredictCommand;
import io.convoy.engine.Natives;
import io.convoy.engine.PrecisionChoice;
import io.convoy.explain.GradCam;
import io.convoy.failure.Amount;
import io.convoy.failure.Printable;
import io.convoy.failure.UserException;
import io.convoy.image.Rgb;
import io.convoy.ingest.FileContents;
import io.convoy.ingest.PhotoFile;
import io.convoy.ingest.PhotoListing;
import io.convoy.ingest.PhotoTasks;
import io.convoy.modelfile.ModelCard;
import io.convoy.modelfile.ModelFile;
import io.convoy.network.Shape;
import io.convoy.predict.Decision;
import io.convoy.predict.ExplainedPicture;
import io.convoy.predict.Explanations;
import io.convoy.predict.PhotoScorer;
import io.convoy.predict.ScoredFolder;
import io.convoy.predict.ScoredPhoto;
import io.convoy.predict.Scoring;
import io.convoy.progress.Progress;
import io.convoy.report.TableWriter;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.Precision;
import io.convoy.storage.FolderLock;
import io.convoy.storage.Storage;
import io.convoy.train.Workers;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;

/** {@code predict}: a trained model on new photos. */
public final class PredictJob {
  /** All else about photos is the model's. */
  private static final Set<String> SETTINGS = Set.of("images.max-pixels", "images.max-file-bytes");

  /** The folder of the pictures, in that of the tables. */
  private static final String EXPLAIN = "explain";

  /** Of a photo, in its line. */
  private static final int MOST_PROBABILITIES = 5;

  /** Of a folder, in its line. */
  private static final int MOST_CLASSES = 10;

  private final Context context;

  public PredictJob(Context context) {
    this.context = context;
  }

  /** A model, and how it is to be used. */
  private record Task(
      ModelFile.Loaded model,
      Optional<Precision> precision,
      Decision decision,
      Scoring.Limits limits,
      OptionalInt explained) {

    /**
     * How to score.
     *
     * @param executors that do
     */
    Scoring scoring(List<Natives> executors) {
      ModelCard card = model.card();
      Precision best =
          new PrecisionChoice(precision, "--precision", executors)
              .of(
                  model.network().configuration(),
                  new Shape(Rgb.CHANNELS, card.height(), card.width()),
                  "the model");
      return Scoring.of(card, best, decision, limits);
    }
  }

  /**
   * Predicts the photos of a folder, or one.
   *
   * @return what the tables hold; empty where none are written
   */
  public Optional<ScoredFolder.Counts> run(PredictCommand command) {
    Scoring.Limits limits = limits(command);
    Storage images = context.storage(command.images());
    if (!images.exists()) {
      throw new UserException("%s: there is no such folder or photo; check --images.", images);
    }
    Storage place = context.storage(command.model());
    requireThreshold(command, place);
    return images.isFolder()
        ? Optional.of(predictFolder(command, images, place, limits))
        : predictPhoto(command, images, place, limits);
  }

  private Scoring.Limits limits(PredictCommand command) {
    for (String key : command.settings().overrides().keySet()) {
      if (!SETTINGS.contains(key)) {
        throw new UserException(
            "--set %s: size, classes and threshold are the model's; predict takes %s alone.",
            key, String.join(" and ", SETTINGS.stream().sorted().toList()));
      }
    }
    ImageSettings images = SettingsFiles.resolve(command.settings(), context).settings().images();
    return new Scoring.Limits(images.maxPixels(), images.maxFileBytes());
  }

  private static void requireThreshold(PredictCommand command, Storage place) {
    if (command.threshold().isPresent()) {
      int classes = ModelFile.at(place).card().classes().size();
      if (classes > 2) {
        throw new UserException(
            "--threshold is for a model of two classes; %s has %,d, and calls a photo what has the"
                + " greatest probability; leave it out.",
            place, classes);
      }
    }
  }

  private static Task task(PredictCommand command, Storage place, Scoring.Limits limits) {
    ModelFile.Loaded model = ModelFile.at(place).load();
    double threshold = command.threshold().orElse(model.card().threshold());
    if (command.explained().isPresent()) {
      requireExplainable(command, model, place);
    }
    return new Task(
        model,
        command.precision(),
        new Decision(model.card().classes(), threshold),
        limits,
        command.explained());
  }

  private static void requireExplainable(
      PredictCommand command, ModelFile.Loaded model, Storage place) {
    if (command.out().isEmpty()) {
      throw new UserException("--explain makes pictures; name a folder for them with --out.");
    }
    Shape image = new Shape(Rgb.CHANNELS, model.card().height(), model.card().width());
    if (!GradCam.explains(model.network(), image)) {
      throw new UserException(
          "%s: the network has no feature maps of a convolution, so that no place in a photo is known"
              + " to speak for its class; leave --explain out.",
          place);
    }
  }

  private ScoredFolder.Counts predictFolder(
      PredictCommand command, Storage images, Storage place, Scoring.Limits limits) {
    Storage out =
        command
            .out()
            .map(context::storage)
            .orElseThrow(
                () ->
                    new UserException(
                        "--out is missing: %s is a folder; name one for the tables of its photos.",
                        images));
    PhotoListing listing = PhotoListing.of(images);
    if (!listing.passedOver().isEmpty()) {
      context.remark("predict: %s%n", listing.passedOver());
    }
    Task task = task(command, place, limits);
    Function<JavaSparkContext, ScoredFolder> score =
        spark -> {
          PhotoTasks files = new PhotoTasks(spark, listing);
          try (Progress progress = context.progress("predict", listing.photos().size())) {
            return ScoredFolder.of(
                spark,
                files,
                task.scoring(executors(command, spark)),
                task.model().network(),
                progress);
          }
        };
    return writeTables(command, out, score, task, images, images, place);
  }

  /** What the executors compute with; they are asked where it makes a difference. */
  private static List<Natives> executors(PredictCommand command, JavaSparkContext spark) {
    return command.precision().equals(Optional.of(Precision.FLOAT32))
        ? List.of()
        : Workers.of(spark.sc(), OptionalInt.empty()).natives(spark);
  }

  /** Without Spark, whose session takes longer to open than a photo to predict. */
  private Optional<ScoredFolder.Counts> predictPhoto(
      PredictCommand command, Storage photo, Storage place, Scoring.Limits limits) {
    Task task = task(command, place, limits);
    FileContents contents =
        new FileContents(
            photo.parent().toString(), new SerializableConfiguration(context.hadoop()));
    PhotoFile file = new PhotoFile(photo.name(), photo.length(), 0);
    ScoredPhoto scored;
    int threads = Runtime.getRuntime().availableProcessors();
    try (PhotoScorer scorer =
        task.scoring(List.of(Natives.here("driver", threads)))
            .scorer(task.model().network(), threads)) {
      scored = scorer.score(List.of(file).iterator(), contents, done -> {}).next();
    }
    print(photo, scored, task.decision());
    return command
        .out()
        .map(context::storage)
        .map(
            out ->
                writeTables(
                    command,
                    out,
                    spark -> ScoredFolder.of(spark, scored),
                    task,
                    photo.parent(),
                    photo,
                    place));
  }

  private void print(Storage photo, ScoredPhoto scored, Decision decision) {
    if (scored.isRejected()) {
      throw new UserException(
          "%s cannot be used: %s; found %s.", photo, scored.reason(), scored.found());
    }
    if (scored.decided() == null) {
      throw new UserException(
          "%s: the network gives no number, as it diverged in training; choose another model.",
          photo);
    }
    context.print(
        "%s: %s (probability %s%s)%n",
        Printable.of(photo.name()),
        scored.decided(),
        probabilities(scored, decision),
        decision.isByThreshold() ? "; " + rule(decision) : "");
  }

  /** Those of the class that is decided and of the most probable others. */
  private static String probabilities(ScoredPhoto scored, Decision decision) {
    List<String> classes = decision.classes();
    int decided = classes.indexOf(scored.decided());
    List<Integer> labels =
        IntStream.range(0, classes.size())
            .boxed()
            .sorted(
                Comparator.comparing((Integer label) -> label != decided)
                    .thenComparing(label -> -scored.probability(label)))
            .toList();
    List<String> shown =
        labels.stream()
            .limit(MOST_PROBABILITIES)
            .map(label -> text("of %s %.3f", classes.get(label), scored.probability(label)))
            .toList();
    return String.join(", ", shown);
  }

  private static String rule(Decision decision) {
    return text("called %s above %s", decision.positive(), decision.threshold());
  }

  private static String text(String format, Object... parts) {
    return String.format(Locale.ROOT, format, parts);
  }

  private ScoredFolder.Counts writeTables(
      PredictCommand command,
      Storage out,
      Function<JavaSparkContext, ScoredFolder> score,
      Task task,
      Storage folder,
      Storage... inputs) {
    Outputs.check(out, command.existing(), inputs);
    try (FolderLock lock = context.lock(out)) {
      // Another may have written into it before it was locked.
      Outputs.check(out, command.existing(), inputs);
      JavaSparkContext spark =
          JavaSparkContext.fromSparkContext(context.spark().get().sparkContext());
      Outputs.empty(out);
      try (ScoredFolder scored = score.apply(spark)) {
        ScoredFolder.Counts counts = scored.counts();
        lock.requireHeld();
        if (task.explained().isPresent()) {
          explain(spark, scored, task, folder, out);
        }
        scored.writeTables(new TableWriter(out), task.decision().classes());
        print(out, counts, task.decision());
        return counts;
      }
    }
  }

  /**
   * Makes pictures of the first photos.
   *
   * @param folder of the photos
   */
  private void explain(
      JavaSparkContext spark, ScoredFolder scored, Task task, Storage folder, Storage out) {
    List<ScoredPhoto> photos = scored.first(task.explained().orElseThrow());
    List<String> classes = task.decision().classes();
    List<Explanations.Asked> asked =
        photos.stream()
            .map(each -> new Explanations.Asked(each.path(), classes.indexOf(each.decided())))
            .toList();
    SerializableConfiguration configuration =
        new SerializableConfiguration(spark.hadoopConfiguration());
    Explanations<String> explanations =
        new Explanations<>(
            task.model().card(),
            new FileContents(folder.toString(), configuration),
            task.limits(),
            new ExplainedPicture(
                out.child(EXPLAIN).toString(), configuration, task.limits().maxPixels()));
    int pictures = explanations.on(spark, task.model().network(), asked).size();
    context.print(
        "%s: %s of where %s sees the class%n",
        out.child(EXPLAIN), Amount.of(pictures, "picture"), task.model().card().architecture());
  }

  private void print(Storage out, ScoredFolder.Counts counts, Decision decision) {
    context.print(
        "%s: %s, %s; %,d rejected%n",
        out,
        Amount.of(counts.scored(), "photo"),
        decision.isByThreshold() ? ofTwo(counts, decision) : ofMany(counts, decision),
        counts.rejected());
    if (counts.undefined() > 0) {
      context.remark(
          "predict: for %s the network gives no number, as it diverged in training%n",
          Amount.of(counts.undefined(), "photo"));
    }
  }

  private static String ofTwo(ScoredFolder.Counts counts, Decision decision) {
    return text(
        "%,d %s and %,d %s (%s)",
        counts.of(decision.positive()),
        decision.positive(),
        counts.of(decision.negative()),
        decision.negative(),
        rule(decision));
  }

  /** The most frequent classes; the rest as a number. */
  private static String ofMany(ScoredFolder.Counts counts, Decision decision) {
    List<String> found =
        decision.classes().stream()
            .filter(name -> counts.of(name) > 0)
            .sorted(Comparator.comparing((String name) -> -counts.of(name)))
            .toList();
    String shown =
        found.stream()
            .limit(MOST_CLASSES)
            .map(name -> text("%,d %s", counts.of(name), name))
            .collect(Collectors.joining(", "));
    List<String> others = found.subList(Math.min(MOST_CLASSES, found.size()), found.size());
    if (others.isEmpty()) {
      return shown;
    }
    long rest = others.stream().mapToLong(counts::of).sum();
    return text("%s, %,d of %,d other classes", shown, rest, others.size());
  }
}
