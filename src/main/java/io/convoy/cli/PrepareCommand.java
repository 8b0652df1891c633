package io.convoy.cli;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;

/** Makes a data set of photos. */
public record PrepareCommand(
    String images, String out, SettingsSource settings, Existing existing) {
  /** The command with its options. */
  public static final Command<PrepareCommand> COMMAND =
      new Command<>(
          "prepare",
          "photos to a data set: labelled, decoded, resized, split",
          "makes a data set of photos: labelled, decoded, resized, split",
          "--images /data/photos --out /data/sets/photos",
          parser -> {
            parser.required("images", "DIR", "the folder of photos");
            parser.required("out", "DATASET", "the folder of the data set");
            parser.maxRejected();
            parser.settings();
            parser.overwrite();
          },
          given ->
              new PrepareCommand(
                  given.text("images"), given.text("out"), given.settings(), given.existing()));
}
