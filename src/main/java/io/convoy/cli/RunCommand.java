package io.convoy.cli;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import java.util.Optional;

/**
 * Prepares and trains; data sets are kept and found again in {@code datasets}.
 *
 * @param from a model to go on with, instead of new networks
 * @param labels the file of the photos' labels, instead of their paths
 */
public record RunCommand(
    String images,
    String out,
    Optional<String> datasets,
    SettingsSource settings,
    Existing existing,
    Optional<String> from,
    Optional<String> labels) {
  /** The command with its options. */
  public static final Command<RunCommand> COMMAND =
      new Command<>(
          "run",
          "prepare and train",
          "prepares the photos, trains the architectures, writes the metric tables",
          "--images /data/photos --out /data/runs/first",
          parser -> {
            parser.required("images", "DIR", "the folder of photos");
            parser.labels();
            parser.required("out", "RUN", "the folder of the run");
            parser.word(
                "datasets",
                "DIR",
                "where prepared data sets are kept, and found again, those of prepare too (datasets, beside the"
                    + " run)");
            parser.maxRejected();
            parser.training();
            parser.settings();
            parser.resume();
            parser.overwrite();
          },
          given ->
              new RunCommand(
                  given.text("images"),
                  given.text("out"),
                  given.last("datasets", String.class),
                  given.settings(),
                  given.existing(),
                  given.last("from", String.class),
                  given.last("labels", String.class)));

  /** A run of new networks. */
  public RunCommand(
      String images,
      String out,
      Optional<String> datasets,
      SettingsSource settings,
      Existing existing) {
    this(images, out, datasets, settings, existing, Optional.empty(), Optional.empty());
  }
}
