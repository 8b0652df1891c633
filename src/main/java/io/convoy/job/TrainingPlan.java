package io.convoy.job;

import io.convoy.cli.Command.SettingsSource;
import io.convoy.failure.UserException;
import io.convoy.settings.Architecture;
import io.convoy.settings.Metric;
import io.convoy.settings.ResolvedSettings;
import io.convoy.settings.TrainingPhotos;
import io.convoy.storage.Storage;
import io.convoy.tracking.Tracker;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run trains.
 *
 * @param resolved its settings
 * @param models the network of each architecture, in the order of the settings
 * @param from the saved model that it goes on with; empty where its networks are new
 */
record TrainingPlan(
    ResolvedSettings resolved, List<ModelDefinition> models, Optional<FromModel> from) {

  /**
   * The settings of new networks, or of the one that a model is of, of which nothing is shown: they
   * are not yet {@link #settled}.
   *
   * @throws UserException if they are wrong, or want a tracking server that cannot be told
   */
  static ResolvedSettings resolve(
      SettingsSource source, Optional<FromModel> from, Context context) {
    SettingsSource quiet = source.quiet();
    ResolvedSettings resolved =
        from.map(model -> model.resolve(quiet, context))
            .orElseGet(() -> SettingsFiles.resolve(quiet, context));
    Tracker.requireClient(resolved.tracking());
    return resolved;
  }

  /**
   * The settings now that the photos are known. What these have decided is told, and the whole is
   * shown where that is asked for.
   *
   * @param classes of the photos, in the order of their labels
   * @param photos that train
   */
  static ResolvedSettings settled(
      SettingsSource source,
      ResolvedSettings asked,
      List<String> classes,
      TrainingPhotos photos,
      Context context) {
    ResolvedSettings settled = asked.forPhotos(photos).withClasses(classes).repeated();
    settled.choices().forEach(choice -> context.remark("train: %s%n", choice));
    SettingsFiles.show(source, settled, context);
    return settled;
  }

  /**
   * Defines the networks, and tells what a model is trained on with otherwise than before.
   *
   * @param classes of the images, in the order of their labels
   * @param height of the images, in pixels
   * @param width of the images, in pixels
   * @throws UserException if a network does not fit the images, or epochs are to be compared by a
   *     metric that so many classes do not have
   */
  static TrainingPlan of(
      Context context,
      ResolvedSettings resolved,
      Optional<FromModel> from,
      List<String> classes,
      int height,
      int width) {
    for (Architecture architecture : resolved.settings().architectures()) {
      requireDefined(architecture.recipe().best(), architecture, "best", classes.size());
      architecture
          .recipe()
          .stopping()
          .patient()
          .ifPresent(
              stop -> requireDefined(stop.metric(), architecture, "stop.metric", classes.size()));
    }
    from.ifPresent(model -> requireNotSeen(model, resolved));
    from.ifPresent(model -> model.tellDifferences(resolved, context));
    List<ModelDefinition> models =
        ModelDefinition.of(context, resolved.settings(), classes.size(), height, width);
    from.ifPresent(model -> model.requireFit(models.get(0), classes, height, width));
    return new TrainingPlan(resolved, models, from);
  }

  /** In all folds but one it would be measured on photos that it was trained on. */
  private static void requireNotSeen(FromModel model, ResolvedSettings resolved) {
    long folds =
        resolved.settings().architectures().stream()
            .map(each -> each.recipe().repeat().fold())
            .distinct()
            .count();
    if (folds > 1) {
      throw new UserException(
          "--from %s: cross-validation is of new networks, as this one has been trained on photos that"
              + " would measure it; leave train.folds at none.",
          model.file());
    }
    if (resolved.settings().architectures().size() > 1) {
      throw new UserException(
          "--from %s: the training of one network goes on, and train.repeats asks for more; give"
              + " --set train.repeats=1.",
          model.file());
    }
  }

  private static void requireDefined(
      Metric metric, Architecture architecture, String key, int classes) {
    if (!metric.isDefinedFor(classes)) {
      throw new UserException(
          "architectures.%s.%s is %s, which only two classes have, and there are %,d: give %s.",
          architecture.name(),
          key,
          name(metric),
          classes,
          Stream.of(Metric.values())
              .filter(each -> each.isDefinedFor(classes))
              .map(TrainingPlan::name)
              .collect(Collectors.joining(", ")));
    }
  }

  private static String name(Metric metric) {
    return metric.name().toLowerCase(Locale.ROOT);
  }

  /**
   * What writing the run must do no harm to.
   *
   * @param data the photos or the data set
   */
  Storage[] inputs(Storage... data) {
    return Stream.of(
            Arrays.stream(data),
            from.stream().map(FromModel::file),
            models.stream()
                .flatMap(each -> each.base().stream())
                .map(ModelDefinition.Pretrained::file))
        .flatMap(files -> files)
        .toArray(Storage[]::new);
  }

  /** The pretrained networks that architectures begin with, by the architectures' names. */
  Map<String, Provenance.From> bases() {
    Map<String, Provenance.From> bases = new TreeMap<>();
    models.forEach(
        model ->
            model
                .base()
                .ifPresent(base -> bases.put(model.architecture().name(), base.provenance())));
    return bases;
  }
}
