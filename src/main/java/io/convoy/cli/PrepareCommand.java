package io.convoy.cli;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import java.util.Optional;

/**
 * Makes a data set of photos.
 *
 * @param labels the file of the photos' labels, instead of their paths
 */
public record PrepareCommand(
    String images,
    String out,
    SettingsSource settings,
    Existing existing,
    Optional<String> labels) {
  /** The command with its options. */
  public static final Command<PrepareCommand> COMMAND =
      new Command<>(
          "prepare",
          "photos to a data set: labelled, decoded, resized, split",
          "makes a data set of photos: labelled, decoded, resized, split",
          "--images /data/photos --out /data/sets/photos",
          parser -> {
            parser.required("images", "DIR", "the folder of photos");
            parser.labels();
            parser.required("out", "DATASET", "the folder of the data set");
            parser.maxRejected();
            parser.settings();
            parser.overwrite();
          },
          given ->
              new PrepareCommand(
                  given.text("images"),
                  given.text("out"),
                  given.settings(),
                  given.existing(),
                  given.last("labels", String.class)));

  /** Of photos whose paths tell their labels. */
  public PrepareCommand(String images, String out, SettingsSource settings, Existing existing) {
    this(images, out, settings, existing, Optional.empty());
  }
}
