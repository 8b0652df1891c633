package io.convoy.cli;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import java.util.Optional;

/**
 * Trains architectures on a data set.
 *
 * @param from a model to go on with, instead of new networks
 */
public record TrainCommand(
    String data, String out, SettingsSource settings, Existing existing, Optional<String> from) {
  /** The command with its options. */
  public static final Command<TrainCommand> COMMAND =
      new Command<>(
          "train",
          "trains the architectures on a data set, and writes the metric tables",
          "trains the architectures on a data set, and writes the metric tables",
          "--data /data/sets/photos --out /data/runs/second --architectures mlp",
          parser -> {
            parser.required("data", "DATASET", "a data set that prepare made");
            parser.required("out", "RUN", "the folder of the run");
            parser.training();
            parser.settings();
            parser.resume();
            parser.overwrite();
          },
          given ->
              new TrainCommand(
                  given.text("data"),
                  given.text("out"),
                  given.settings(),
                  given.existing(),
                  given.last("from", String.class)));

  /** Training of new networks. */
  public TrainCommand(String data, String out, SettingsSource settings, Existing existing) {
    this(data, out, settings, existing, Optional.empty());
  }
}
