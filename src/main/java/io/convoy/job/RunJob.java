package io.convoy.job;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.RunCommand;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.ResolvedSettings;
import io.convoy.storage.Storage;
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
    Optional<FromModel> from = command.from().map(context::storage).map(FromModel::at);
    ResolvedSettings asked = TrainingPlan.resolve(command.settings(), from, context);
    Storage out = context.storage(command.out());
    PrepareJob.Photos photos =
        prepare.scan(
            command.images(),
            command.labels(),
            asked.settings(),
            from.map(model -> model.model().card().classes()));
    ResolvedSettings resolved =
        TrainingPlan.settled(
            command.settings(),
            asked,
            photos.classes(),
            photos.known(asked, context.hadoop()),
            context);
    ImageSettings images = resolved.settings().images();
    TrainingPlan plan =
        TrainingPlan.of(context, resolved, from, photos.classes(), images.height(), images.width());
    Storage datasets =
        command.datasets().map(context::storage).orElseGet(() -> out.parent().child("datasets"));
    Outputs.checkPlace(out, photos.inputs());
    Outputs.checkDatasets(datasets, photos.folder(), out);
    String identity = photos.identity(resolved.settings());
    Storage dataset = place(datasets, identity);
    try (RunFolder folder =
        RunFolder.open(context, out, command.existing(), resolved, plan.inputs(photos.inputs()))) {
      if (!folder.isFinished()) {
        // The folder is named for what is in it: another content is the rest of a failure.
        prepare.prepare(photos, dataset, resolved.settings(), Existing.OVERWRITE);
      }
      new TrainJob(context).train(dataset, folder, plan);
    }
  }

  /** The data set of that identity, whatever it is called: prepare's user chooses its name. */
  static Storage place(Storage datasets, String identity) {
    return datasets.children().stream()
        .filter(dataset -> PrepareJob.isPrepared(dataset, identity))
        .findFirst()
        .orElseGet(() -> datasets.child(identity.substring(0, NAME_DIGITS)));
  }
}
