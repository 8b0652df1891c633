package io.convoy.job;

import io.convoy.cli.PredictCommand;
import io.convoy.failure.Amount;
import io.convoy.failure.Printable;
import io.convoy.failure.UserException;
import io.convoy.ingest.FileContents;
import io.convoy.ingest.PhotoFile;
import io.convoy.ingest.PhotoListing;
import io.convoy.ingest.PhotoTasks;
import io.convoy.modelfile.ModelFile;
import io.convoy.predict.Decision;
import io.convoy.predict.PhotoScorer;
import io.convoy.predict.ScoredFolder;
import io.convoy.predict.ScoredPhoto;
import io.convoy.predict.Scoring;
import io.convoy.progress.Progress;
import io.convoy.report.TableWriter;
import io.convoy.settings.ImageSettings;
import io.convoy.storage.FolderLock;
import io.convoy.storage.Storage;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** {@code predict}: a trained model on new photos. */
public final class PredictJob {
  /** All else about photos is the model's. */
  private static final Set<String> SETTINGS = Set.of("images.max-pixels", "images.max-file-bytes");

  private final Context context;

  public PredictJob(Context context) {
    this.context = context;
  }

  /** A model, and how it is to be used. */
  private record Task(ModelFile.Loaded model, Decision decision, Scoring.Limits limits) {
    Scoring scoring(FileContents contents) {
      return Scoring.of(model.card(), decision, contents, limits);
    }
  }

  /** Predicts the photos of a folder, or one. */
  public void run(PredictCommand command) {
    Scoring.Limits limits = limits(command);
    Storage images = context.storage(command.images());
    if (!images.exists()) {
      throw new UserException("%s: there is no such folder or photo; check --images.", images);
    }
    Storage place = context.storage(command.model());
    if (images.isFolder()) {
      predictFolder(command, images, place, limits);
    } else {
      predictPhoto(command, images, place, limits);
    }
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

  private static Task task(PredictCommand command, Storage place, Scoring.Limits limits) {
    ModelFile.Loaded model = ModelFile.at(place).load();
    double threshold = command.threshold().orElse(model.card().threshold());
    return new Task(model, new Decision(model.card().classes(), threshold), limits);
  }

  private void predictFolder(
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
                spark, files, task.scoring(files.contents()), task.model().network(), progress);
          }
        };
    writeTables(command, out, score, task.decision(), images, place);
  }

  /** Without Spark, whose session takes longer to open than a photo to predict. */
  private void predictPhoto(
      PredictCommand command, Storage photo, Storage place, Scoring.Limits limits) {
    Task task = task(command, place, limits);
    FileContents contents =
        new FileContents(
            photo.parent().toString(), new SerializableConfiguration(context.hadoop()));
    PhotoFile file = new PhotoFile(photo.name(), photo.length(), 0);
    ScoredPhoto scored;
    try (PhotoScorer scorer =
        task.scoring(contents)
            .scorer(task.model().network(), Runtime.getRuntime().availableProcessors())) {
      scored = scorer.score(List.of(file).iterator(), done -> {}).next();
    }
    print(photo, scored, task.decision());
    command
        .out()
        .map(context::storage)
        .ifPresent(
            out ->
                writeTables(
                    command,
                    out,
                    spark -> ScoredFolder.of(spark, scored),
                    task.decision(),
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
    boolean isPositive = scored.decided().equals(decision.positive());
    double other = 1 - scored.probability();
    context.print(
        "%s: %s (probability of %s %.3f, of %s %.3f; called %s above %s)%n",
        Printable.of(photo.name()),
        scored.decided(),
        scored.decided(),
        isPositive ? scored.probability() : other,
        isPositive ? decision.negative() : decision.positive(),
        isPositive ? other : scored.probability(),
        decision.positive(),
        decision.threshold());
  }

  private void writeTables(
      PredictCommand command,
      Storage out,
      Function<JavaSparkContext, ScoredFolder> score,
      Decision decision,
      Storage... inputs) {
    Outputs.check(out, command.existing(), inputs);
    try (FolderLock lock = context.lock(out)) {
      // Another may have written into it before it was locked.
      Outputs.check(out, command.existing(), inputs);
      SparkSession spark = context.spark().get();
      Outputs.empty(out);
      try (ScoredFolder scored =
          score.apply(JavaSparkContext.fromSparkContext(spark.sparkContext()))) {
        ScoredFolder.Counts counts = scored.counts();
        lock.requireHeld();
        scored.writeTables(new TableWriter(out), decision.classes());
        print(out, counts, decision);
      }
    }
  }

  private void print(Storage out, ScoredFolder.Counts counts, Decision decision) {
    context.print(
        "%s: %s, %,d %s and %,d %s (called %s above %s); %,d rejected%n",
        out,
        Amount.of(counts.scored(), "photo"),
        counts.perClass().getOrDefault(decision.positive(), 0L),
        decision.positive(),
        counts.perClass().getOrDefault(decision.negative(), 0L),
        decision.negative(),
        decision.positive(),
        decision.threshold(),
        counts.rejected());
    if (counts.undefined() > 0) {
      context.remark(
          "predict: for %s the network gives no number, as it diverged in training%n",
          Amount.of(counts.undefined(), "photo"));
    }
  }
}
