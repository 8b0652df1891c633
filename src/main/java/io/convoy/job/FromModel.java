package io.convoy.job;

import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.failure.Amount;
import io.convoy.failure.UserException;
import io.convoy.modelfile.ModelCard;
import io.convoy.modelfile.ModelFile;
import io.convoy.modelfile.StartingModel;
import io.convoy.report.EpochHistory;
import io.convoy.settings.Architecture;
import io.convoy.settings.ConfFile;
import io.convoy.settings.ResolvedSettings;
import io.convoy.settings.SavedRecipe;
import io.convoy.settings.Settings;
import io.convoy.settings.SettingsLoader;
import io.convoy.storage.Storage;
import io.convoy.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * The saved model that a run goes on training, as {@code --from} names it.
 *
 * @param model what its file says
 * @param kept the recipe that it was trained by, as its file keeps it, or the run that it lies in
 */
record FromModel(StartingModel model, Optional<SavedRecipe> kept) {

  /**
   * Looks into the model.
   *
   * @param place its file, or the folder of an architecture's models, of which the last is meant
   * @throws UserException if there is none that this convoy can use
   */
  static FromModel at(Storage place) {
    StartingModel model = ModelFile.lastAt(place).startingModel();
    String name = model.card().architecture();
    Optional<SavedRecipe> kept =
        Optional.ofNullable(model.card().recipe())
            .filter(recipe -> !recipe.isBlank())
            .map(
                recipe ->
                    new SavedRecipe(
                        name,
                        recipe,
                        "%s, the recipe in %s".formatted(model.file(), ModelFile.CARD)))
            .or(() -> RunFiles.around(model.file()).flatMap(run -> recipe(run, name)));
    return new FromModel(model, kept);
  }

  /**
   * The settings with the model's architecture alone and the size of its images, trained by the
   * model's recipe but for what the conf and the command line say otherwise, which is told.
   *
   * @throws UserException if neither the model nor the settings have its architecture, or others
   *     are asked for
   */
  ResolvedSettings resolve(SettingsSource source, Context context) {
    String name = model.card().architecture();
    List<String> asked = source.architectures();
    if (!asked.isEmpty() && !asked.equals(List.of(name))) {
      throw new UserException(
          "--architectures %s: --from %s goes on with %s, and with no other; leave --architectures"
              + " out.",
          String.join(",", asked), model.file(), name);
    }
    if (kept.isEmpty()) {
      requireKnown(source, context);
    }
    SavedRecipe recipe = recipe();
    int epochs = Math.max(1, model.epochs());
    SettingsLoader loader = new SettingsLoader();
    return SettingsFiles.resolve(
        new SettingsSource(
            source.confs(), source.overrides(), List.of(name), source.epochs(), source.show()),
        context,
        (files, overrides) ->
            loader.load(
                recipe,
                epochs,
                Stream.concat(Stream.of(images()), files.stream()).toList(),
                overrides));
  }

  /** What the user's files may say otherwise. */
  private ConfFile images() {
    return new ConfFile(
        model.file().toString(),
        "images { height = %d, width = %d }"
            .formatted(model.card().height(), model.card().width()));
  }

  /** Says what is trained otherwise than the model was. */
  void tellDifferences(ResolvedSettings resolved, Context context) {
    if (kept.isEmpty()) {
      context.remark(
          "train: %s has no recipe but its optimizer: the rest is that of the settings%n",
          model.file());
      return;
    }
    List<String> differences = recipe().differences(resolved.settings().architectures().get(0));
    context.remark(
        "train: going on with %s by the model's recipe%s%n",
        model.card().architecture(),
        differences.isEmpty() ? "" : ", but for " + String.join(", ", differences));
  }

  /** What is known of how it was trained. */
  private SavedRecipe recipe() {
    String name = model.card().architecture();
    return kept.or(
            () ->
                model
                    .savedOptimizer()
                    .map(saved -> SavedRecipe.of(name, saved, model.file().toString())))
        .orElseGet(() -> new SavedRecipe(name, "", model.file().toString()));
  }

  private static Optional<SavedRecipe> recipe(RunFiles run, String name) {
    Storage conf = run.conf();
    if (!conf.exists()) {
      return Optional.empty();
    }
    return SavedRun.settings(conf).architectures().stream()
        .filter(architecture -> architecture.name().equals(name))
        .findFirst()
        .map(architecture -> SavedRecipe.of(architecture, conf.toString()));
  }

  private void requireKnown(SettingsSource source, Context context) {
    String name = model.card().architecture();
    SettingsSource whole =
        new SettingsSource(
            source.confs(), source.overrides(), List.of(), OptionalInt.empty(), Show.NOTHING);
    Settings settings = SettingsFiles.resolve(whole, context).settings();
    List<String> known = settings.architectures().stream().map(Architecture::name).toList();
    if (!known.contains(name)) {
      throw new UserException(
          "--from %s is a model of the architecture %s, and the settings have %s; give the conf that"
              + " has it, such as run.conf of its run, with --conf.",
          model.file(), name, String.join(", ", known));
    }
  }

  /**
   * Makes sure that the network can be trained on with these settings and images.
   *
   * @param definition of the model's architecture
   * @throws UserException if not
   */
  void requireFit(ModelDefinition definition, List<String> classes, int height, int width) {
    ModelCard card = model.card();
    if (card.height() != height || card.width() != width) {
      throw new UserException(
          "--from %s takes images of %d x %d, and these are %d x %d (height x width): give"
              + " images.height and images.width of the model to run or prepare.",
          model.file(), card.height(), card.width(), height, width);
    }
    if (card.classes().size() != classes.size()) {
      throw new UserException(
          "--from %s is a model of %d classes (%s), and there are %d here (%s): give the photos of its"
              + " classes, or begin a new network with its layers, as conf/fine-tune.conf does.",
          model.file(),
          card.classes().size(),
          Amount.ofNames(card.classes()),
          classes.size(),
          Amount.ofNames(classes));
    }
    if (!card.classes().equals(classes)) {
      throw new UserException(
          "--from %s knows the classes %s, and those here are %s, in this order: give images.classes of"
              + " the model to run or prepare.",
          model.file(), Amount.ofNames(card.classes()), Amount.ofNames(classes));
    }
    model
        .configuration()
        .firstDifference(definition.configuration())
        .ifPresent(
            layer -> {
              throw new UserException(
                  "--from %s: its layer %d is another than the one of %s in the settings (the loss"
                      + " belongs to the last, the output); give the conf it was trained with, such as"
                      + " run.conf of its run, with --conf.",
                  model.file(), layer, definition.architecture().name());
            });
  }

  /**
   * The rows of the model's own run, {@code RUN/models/NAME/...}, where its tables are there.
   *
   * @param table empty, with the name and the columns
   */
  List<Row> earlier(Table table) {
    return RunFiles.around(model.file())
        .map(run -> new EpochHistory(run.table(table.name())))
        .map(tables -> tables.read(model.card().architecture(), model.epochs(), table.schema()))
        .orElse(List.of());
  }

  /** The model's file. */
  Storage file() {
    return model.file();
  }

  /** For the provenance of the run. */
  Provenance.From provenance() {
    return new Provenance.From(model.file().toString(), model.hash());
  }
}
