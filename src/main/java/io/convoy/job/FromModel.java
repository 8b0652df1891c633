package io.convoy.job;

import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.failure.UserException;
import io.convoy.model.LayerComparison;
import io.convoy.report.EpochHistory;
import io.convoy.report.Table;
import io.convoy.settings.Architecture;
import io.convoy.settings.ResolvedSettings;
import io.convoy.settings.Settings;
import io.convoy.storage.Storage;
import io.convoy.train.Model;
import io.convoy.train.ModelCard;
import io.convoy.train.Origin;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;

/**
 * The saved model that a run goes on training, as {@code --from} names it.
 *
 * @param origin what its file says
 */
record FromModel(Origin origin) {

  /**
   * Looks into the model.
   *
   * @param place its file, or the folder of an architecture's models, of which the last is meant
   * @throws UserException if there is none that this convoy can use
   */
  static FromModel at(Storage place) {
    return new FromModel(Model.lastAt(place).origin());
  }

  /**
   * The settings with the model's architecture alone.
   *
   * @throws UserException if they do not have it, or others are asked for
   */
  ResolvedSettings resolve(SettingsSource source, Context context) {
    String name = origin.card().architecture();
    List<String> asked = source.architectures();
    if (!asked.isEmpty() && !asked.equals(List.of(name))) {
      throw new UserException(
          "--architectures %s: --from %s goes on with %s, and with no other; leave --architectures"
              + " out.",
          String.join(",", asked), origin.file(), name);
    }
    SettingsSource whole =
        new SettingsSource(
            source.conf(), source.overrides(), List.of(), OptionalInt.empty(), Show.NOTHING);
    Settings settings = SettingsFiles.resolve(whole, context).settings();
    List<String> known = settings.architectures().stream().map(Architecture::name).toList();
    if (!known.contains(name)) {
      throw new UserException(
          "--from %s is a model of the architecture %s, and the settings have %s; give the conf that"
              + " has it, such as run.conf of its run, with --conf.",
          origin.file(), name, String.join(", ", known));
    }
    return SettingsFiles.resolve(
        new SettingsSource(
            source.conf(), source.overrides(), List.of(name), source.epochs(), source.show()),
        context);
  }

  /**
   * Makes sure that the network can be trained on with these settings and images.
   *
   * @param blueprint of the model's architecture
   * @throws UserException if not
   */
  void requireFit(Blueprint blueprint, List<String> classes, int height, int width) {
    ModelCard card = origin.card();
    if (card.height() != height || card.width() != width) {
      throw new UserException(
          "--from %s takes images of %d x %d, and these are %d x %d (height x width): give"
              + " images.height and images.width of the model to run or prepare.",
          origin.file(), card.height(), card.width(), height, width);
    }
    if (!card.classes().equals(classes)) {
      throw new UserException(
          "--from %s knows the classes %s, and those here are %s, in this order: give images.classes of"
              + " the model to run or prepare.",
          origin.file(), String.join(", ", card.classes()), String.join(", ", classes));
    }
    LayerComparison.firstDifference(origin.configuration(), blueprint.configuration())
        .ifPresent(
            layer -> {
              throw new UserException(
                  "--from %s: its layer %d is another than the one of %s in the settings (the loss"
                      + " belongs to the last, the output); give the conf it was trained with, such as"
                      + " run.conf of its run, with --conf.",
                  origin.file(), layer, blueprint.architecture().name());
            });
  }

  /**
   * The rows of the model's own run, {@code RUN/models/NAME/...}, where its tables are there.
   *
   * @param table empty, with the name and the columns
   */
  List<Row> earlier(Table table) {
    Storage models = origin.file().parent().parent();
    if (!models.name().equals("models")) {
      return List.of();
    }
    return new EpochHistory(models.parent().child("tables/" + table.name() + ".parquet"))
        .read(origin.card().architecture(), origin.epochs(), table.schema());
  }

  /** For the provenance of the run. */
  Provenance.From provenance() {
    return new Provenance.From(origin.file().toString(), origin.hash());
  }
}
