package io.convoy.job;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.PrepareCommand;
import io.convoy.dataset.DatasetIdentity;
import io.convoy.dataset.DatasetRemarks;
import io.convoy.dataset.DatasetWriter;
import io.convoy.dataset.Manifest;
import io.convoy.dataset.SplitFolders;
import io.convoy.dataset.SplitNeeds;
import io.convoy.dataset.SplitPlan;
import io.convoy.failure.UserException;
import io.convoy.ingest.LabelFile;
import io.convoy.ingest.LabelledPhotos;
import io.convoy.ingest.ListingSummary;
import io.convoy.ingest.PhotoListing;
import io.convoy.ingest.ShownSize;
import io.convoy.labels.FoundClasses;
import io.convoy.labels.Labeler;
import io.convoy.labels.NamedClasses;
import io.convoy.progress.Progress;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.ResolvedSettings;
import io.convoy.settings.Settings;
import io.convoy.settings.SplitSettings;
import io.convoy.settings.TrainingPhotos;
import io.convoy.storage.FolderLock;
import io.convoy.storage.Storage;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/** {@code prepare}: photos to a data set. */
public final class PrepareJob {
  /** Marks a data set that is being written, so that its rest may be deleted after a crash. */
  private static final String UNFINISHED = "_unfinished";

  private final Context context;
  private final Set<String> told = new HashSet<>();

  public PrepareJob(Context context) {
    this.context = context;
  }

  /** Makes the data set, or finds it made already. */
  public void run(PrepareCommand command) {
    ResolvedSettings asked = SettingsFiles.resolve(command.settings().quiet(), context);
    Photos photos = scan(command.images(), command.labels(), asked.settings(), Optional.empty());
    Storage dataset = context.storage(command.out());
    ResolvedSettings resolved = asked.forPhotos(photos.known(asked, context.hadoop()));
    SettingsFiles.show(command.settings(), resolved, context);
    Settings settings = resolved.settings();
    if (!isPrepared(dataset, photos.identity(settings))) {
      check(dataset, command.existing(), photos);
    }
    tell(prepare(photos, dataset, settings, command.existing()), dataset);
  }

  /** Once, however often the same is prepared. */
  private void remark(String remark) {
    if (told.add(remark)) {
      context.remark("prepare: %s%n", remark);
    }
  }

  /**
   * A folder of photos, looked through by name.
   *
   * @param table what labels them; empty where their paths do
   */
  record Photos(SplitPlan plan, ListingSummary scan, Optional<LabelledPhotos> table) {
    Storage folder() {
      return plan.listing().folder();
    }

    private Photos with(Labeler labeler) {
      return new Photos(plan, ListingSummary.of(plan.listing(), labeler), table);
    }

    /** What writing must do no harm to. */
    Storage[] inputs() {
      return Stream.concat(Stream.of(folder()), table.stream().map(LabelledPhotos::table))
          .toArray(Storage[]::new);
    }

    /** Why photos have no label, a line each. */
    List<String> faults() {
      return table.map(LabelledPhotos::faults).orElseGet(scan.labels()::faults);
    }

    /** What is odd about classes that were found among folders. */
    Optional<String> remarkOfClasses(ImageSettings settings) {
      return settings.findsClasses() && table.isEmpty()
          ? SplitFolders.remark(classes())
          : Optional.empty();
    }

    /** The classes of the photos, in the order of their labels. */
    List<String> classes() {
      return scan.labeler().classes();
    }

    /** What is known of those that train, before one is decoded. */
    TrainingPhotos known(ResolvedSettings asked, Configuration configuration) {
      Settings settings = asked.settings();
      TrainingPhotos usual =
          TrainingPhotos.OF_THE_TUTORIAL.of(training(settings.split()), classes().size());
      if (!asked.size().leavesSide()) {
        return usual;
      }
      return ShownSize.median(plan.listing(), settings.images(), configuration)
          .map(size -> usual.ofSize(size.height(), size.width()))
          .orElse(usual);
    }

    /** How many of them train, as far as that can be known before one is opened. */
    private int training(SplitSettings split) {
      long images =
          split
              .way()
              .match(
                  shares -> Math.max(1, Math.round(scan.images() * shares.train())),
                  counts -> (long) counts.train(),
                  given -> plan.training(given.validationFromTrain()));
      return Math.toIntExact(images);
    }

    /** The identity of the data set that these settings make of them. */
    String identity(Settings settings) {
      return DatasetIdentity.of(plan, scan, settings);
    }
  }

  /**
   * Lists the photos, and refuses those that nothing can be made of, before one is decoded.
   *
   * @param known the classes of the model that they train on, which are theirs where as many others
   *     are found; empty without a model
   */
  Photos scan(
      String images, Optional<String> labels, Settings settings, Optional<List<String>> known) {
    ImageSettings image = settings.images();
    Photos found = look(images, labels, settings, context);
    Photos photos =
        known
            .filter(classes -> image.findsClasses() && found.table().isEmpty())
            .filter(classes -> classes.size() == found.classes().size())
            .filter(classes -> !classes.equals(found.classes()))
            .map(classes -> found.with(new NamedClasses(classes, image.labelRule())))
            .orElse(found);
    ListingSummary scan = photos.scan();
    Labeler labeler = scan.labeler();
    String folder = photos.folder().toString();
    tell(photos);
    photos.remarkOfClasses(image).ifPresent(this::remark);
    photos.table().ifPresent(table -> table.requireFewFaults(image.maxRejected()));
    scan.requireEachClass(folder);
    scan.refuseTooManyUnlabelled(folder, image.maxRejected());
    photos.plan().requireTrained(labeler.classes(), labeler::label);
    new SplitNeeds(settings.split().way(), labeler.classes())
        .requireListed(folder, scan.perClass());
    return photos;
  }

  /**
   * Lists the photos, with the split that they come with, and gives them their labels: those of the
   * table, or by their paths, of the classes of the settings or of those that are found.
   */
  static Photos look(String images, Optional<String> labels, Settings settings, Context context) {
    Storage folder = context.storage(images);
    Optional<LabelledPhotos> all =
        labels.map(context::storage).map(file -> labelled(folder, file, settings, context));
    SplitPlan plan =
        SplitPlan.of(
            all.map(LabelledPhotos::listing).orElseGet(() -> PhotoListing.of(folder)),
            settings,
            new SplitPlan.Sources(
                file -> SettingsFiles.lines(file, context),
                all.flatMap(LabelledPhotos::split),
                all.flatMap(LabelledPhotos::group)));
    Optional<LabelledPhotos> table = all.map(each -> each.with(plan.listing()));
    Labeler labeler =
        table
            .<Labeler>map(LabelledPhotos::labels)
            .orElseGet(
                () ->
                    FoundClasses.of(
                        settings.images(),
                        folder.toString(),
                        plan.paths(),
                        SplitFolders::isCalledSo));
    return new Photos(plan, ListingSummary.of(plan.listing(), labeler), table);
  }

  private static LabelledPhotos labelled(
      Storage folder, Storage file, Settings settings, Context context) {
    return LabelledPhotos.of(
        file,
        new LabelFile(file, context.spark().get(), settings.labels()).rows(),
        PhotoListing.evenIfEmpty(folder),
        settings.images().classes());
  }

  private void tell(Photos photos) {
    SplitPlan plan = photos.plan();
    if (!plan.listing().passedOver().isEmpty()) {
      remark(plan.listing().passedOver().toString());
    }
    plan.remarks().forEach(this::remark);
    photos.faults().forEach(fault -> remark("no label: " + fault));
  }

  private static void check(Storage dataset, Existing existing, Photos photos) {
    Outputs.check(dataset, isUnfinished(dataset) ? Existing.OVERWRITE : existing, photos.inputs());
  }

  /** The data set of these photos and settings: found in the folder, or written into it. */
  Manifest prepare(Photos photos, Storage dataset, Settings settings, Existing existing) {
    String identity = photos.identity(settings);
    if (isPrepared(dataset, identity)) {
      return prepared(photos, dataset, settings);
    }
    try (FolderLock lock = context.lock(dataset)) {
      // Another run may have prepared it, or something else, before this one had the lock.
      if (isPrepared(dataset, identity)) {
        return prepared(photos, dataset, settings);
      }
      check(dataset, existing, photos);
      Manifest manifest = make(photos, dataset, settings, lock);
      tellOf(dataset, manifest, settings);
      return manifest;
    }
  }

  private Manifest prepared(Photos photos, Storage dataset, Settings settings) {
    Manifest manifest = Manifest.read(dataset);
    requireFewRejected(manifest, photos, settings);
    remark("using the data set that is prepared already: " + dataset);
    tellOf(dataset, manifest, settings);
    return manifest;
  }

  private void tellOf(Storage dataset, Manifest manifest, Settings settings) {
    DatasetRemarks.of(dataset, manifest, settings.split().way()).forEach(this::remark);
  }

  private Manifest make(Photos photos, Storage dataset, Settings settings, FolderLock lock) {
    lock.requireHeld();
    Outputs.empty(dataset);
    dataset.child(UNFINISHED).write(out -> {});
    try {
      Manifest manifest = write(photos, dataset, settings);
      lock.requireHeld();
      dataset.child(UNFINISHED).delete();
      return manifest;
    } catch (Exception | Error e) {
      // Exception, as Spark throws checked ones that its Java signatures do not name.
      if (lock.isHeld()) {
        dataset.delete();
      }
      throw e;
    }
  }

  /** The allowed share may have been lowered since the data set was made. */
  private static void requireFewRejected(Manifest manifest, Photos photos, Settings settings) {
    double allowed = settings.images().maxRejected();
    if (manifest.rejected() > allowed * photos.scan().images()) {
      throw new UserException(
          "%,d of %,d images cannot be used, more than the share of %s that --max-rejected allows;"
              + " rejected.parquet in the prepared data set names them. Mend or remove them, or raise"
              + " --max-rejected.",
          manifest.rejected(), photos.scan().images(), allowed);
    }
  }

  private Manifest write(Photos photos, Storage dataset, Settings settings) {
    var spark = JavaSparkContext.fromSparkContext(context.spark().get().sparkContext());
    try (Progress progress = context.progress("prepare", photos.scan().images())) {
      return new DatasetWriter(spark, settings)
          .write(
              photos.plan(),
              photos.scan(),
              photos.table().map(LabelledPhotos::table),
              dataset,
              context.build().version(),
              progress,
              this::remark);
    }
  }

  /** Whether the folder holds the data set of that identity. */
  static boolean isPrepared(Storage dataset, String identity) {
    if (!Manifest.isIn(dataset)) {
      return false;
    }
    try {
      return Manifest.read(dataset).identity().equals(identity);
    } catch (UserException e) {
      // Not readable, or of another version: to be made anew.
      return false;
    }
  }

  private static boolean isUnfinished(Storage dataset) {
    return dataset.child(UNFINISHED).exists() && !Manifest.isIn(dataset);
  }

  private void tell(Manifest manifest, Storage dataset) {
    context.print(
        "%s: %,d images for training, %,d for validation, %,d for test, %d x %d; %,d rejected%s%n",
        dataset,
        manifest.train().examples(),
        manifest.validation().examples(),
        manifest.test().examples(),
        manifest.height(),
        manifest.width(),
        manifest.rejected(),
        manifest.leftOut() == 0
            ? ""
            : String.format(Locale.ROOT, ", %,d left out", manifest.leftOut()));
  }
}
