package io.convoy.job;

import io.convoy.cli.Command;
import io.convoy.dataset.DatasetIdentity;
import io.convoy.dataset.DatasetWriter;
import io.convoy.dataset.Manifest;
import io.convoy.ingest.FolderScan;
import io.convoy.ingest.Labeler;
import io.convoy.progress.Progress;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.Settings;
import io.convoy.storage.Storage;

/** {@code prepare}: photos to a data set. */
public final class PrepareJob {
  /** Marks a data set that is being written, so that its rest may be deleted after a crash. */
  private static final String UNFINISHED = "_unfinished";

  private final Context context;

  public PrepareJob(Context context) {
    this.context = context;
  }

  /** Makes the data set, or finds it made already. */
  public void run(Command.Prepare command) {
    var resolved = SettingsFiles.resolve(command.settings(), context.hadoop());
    Photos photos = scan(command.images(), resolved.settings());
    Storage dataset = context.storage(command.out());
    if (!isPrepared(photos, dataset, resolved.settings()) && !isUnfinished(dataset)) {
      Outputs.check(dataset, command.existing(), photos.folder());
    }
    Settings settings = resolved.settings();
    Manifest manifest = prepare(photos, dataset, settings);
    context.out().println(summary(manifest, dataset));
  }

  /** A folder of photos, looked through by name. */
  record Photos(Storage folder, FolderScan scan) {}

  Photos scan(String images, Settings settings) {
    ImageSettings image = settings.images();
    Storage folder = context.storage(images);
    Labeler labeler = new Labeler(image.classes(), image.labelRule());
    FolderScan scan = FolderScan.of(folder, labeler, image.classes().size());
    scan.requireEachClass(folder.toString(), image.classes());
    return new Photos(folder, scan);
  }

  /** The data set of these photos and settings: found in the folder, or written into it. */
  Manifest prepare(Photos photos, Storage dataset, Settings settings) {
    if (isPrepared(photos, dataset, settings)) {
      Manifest manifest = Manifest.read(dataset);
      context.err().printf("Using the data set that is prepared already: %s%n", dataset);
      return manifest;
    }
    var spark = context.spark().get();
    Outputs.make(dataset);
    dataset.child(UNFINISHED).write(out -> {});
    Manifest manifest;
    try (Progress progress = context.progress("prepare", photos.scan().images())) {
      manifest =
          new DatasetWriter(spark, settings)
              .write(photos.folder(), photos.scan(), dataset, context.build().version(), progress);
    } catch (RuntimeException | Error e) {
      dataset.delete();
      throw e;
    }
    dataset.child(UNFINISHED).delete();
    return manifest;
  }

  private static boolean isPrepared(Photos photos, Storage dataset, Settings settings) {
    String identity = DatasetIdentity.of(photos.folder(), photos.scan(), settings);
    return Manifest.isIn(dataset) && Manifest.read(dataset).identity().equals(identity);
  }

  private static boolean isUnfinished(Storage dataset) {
    return dataset.child(UNFINISHED).exists() && !Manifest.isIn(dataset);
  }

  private static String summary(Manifest manifest, Storage dataset) {
    return "%s: %,d images for training, %,d for validation, %,d for test, %d x %d; %,d rejected"
        .formatted(
            dataset,
            manifest.train().examples(),
            manifest.validation().examples(),
            manifest.test().examples(),
            manifest.height(),
            manifest.width(),
            manifest.rejected());
  }
}
