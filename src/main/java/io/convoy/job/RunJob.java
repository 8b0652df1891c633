package io.convoy.job;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.RunCommand;
import io.convoy.dataset.DatasetIdentity;
import io.convoy.dataset.Manifest;
import io.convoy.failure.UserException;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.ResolvedSettings;
import io.convoy.storage.Storage;
import java.util.List;
import java.util.Optional;

/** {@code run}: prepare and train; a data set is kept, and found again by its identity. */
public final class RunJob {
  private static final int NAME_DIGITS = 16;

  private final Context context;
  private final PrepareJob prepare;

  public RunJob(Context context) {
    this(context, new PrepareJob(context));
  }

  /** Of several runs with the same photos, the preparation tells the user each thing once. */
  RunJob(Context context, PrepareJob prepare) {
    this.context = context;
    this.prepare = prepare;
  }

  /** Runs it all. */
  public void run(RunCommand command) {
    TrainJob train = new TrainJob(context);
    Optional<FromModel> from = command.from().map(context::storage).map(FromModel::at);
    ResolvedSettings resolved = train.resolve(command.settings(), from);
    from.ifPresent(model -> model.tellDifferences(resolved, context));
    ImageSettings images = resolved.settings().images();
    Storage out = context.storage(command.out());
    List<Blueprint> blueprints =
        train.blueprints(
            resolved.settings(), from, images.classes(), images.height(), images.width());
    PrepareJob.Photos photos = prepare.scan(command.images(), resolved.settings());
    Storage datasets =
        command.datasets().map(context::storage).orElseGet(() -> out.parent().child("datasets"));
    Outputs.checkPlace(out, photos.folder());
    Outputs.checkDatasets(datasets, photos.folder(), out);
    String identity = DatasetIdentity.of(photos.folder(), photos.scan(), resolved.settings());
    Storage dataset =
        prepared(datasets, identity)
            .orElseGet(() -> datasets.child(identity.substring(0, NAME_DIGITS)));
    try (RunFolder folder =
        RunFolder.open(
            context,
            out,
            command.existing(),
            resolved,
            TrainJob.inputs(photos.folder(), from, blueprints))) {
      if (!folder.isFinished()) {
        // The folder is named for what is in it: another content is the rest of a failure.
        prepare.prepare(photos, dataset, resolved.settings(), Existing.OVERWRITE);
      }
      train.train(dataset, folder, resolved, blueprints, from);
    }
  }

  /** The data set of that identity, whatever it is called: prepare's user chooses its name. */
  private static Optional<Storage> prepared(Storage datasets, String identity) {
    return datasets.children().stream()
        .filter(Manifest::isIn)
        .filter(dataset -> isOf(dataset, identity))
        .findFirst();
  }

  private static boolean isOf(Storage dataset, String identity) {
    try {
      return Manifest.read(dataset).identity().equals(identity);
    } catch (UserException e) {
      // Not readable, or of another version: not this one.
      return false;
    }
  }
}
