package io.convoy.cli;

import io.convoy.cli.Command.SettingsSource;
import java.util.Optional;

/**
 * Looks at the shapes of up to {@code limit} photos; of all where it is 0.
 *
 * @param labels the file of the photos' labels, instead of their paths
 */
public record SurveyCommand(
    String images, int limit, SettingsSource settings, Optional<String> labels) {
  /** The command with its options. */
  public static final Command<SurveyCommand> COMMAND =
      new Command<>(
          "survey",
          "shapes, classes, splits and copies of a folder of photos, before a run",
          "shapes, classes, splits and copies of a folder of photos, before a run",
          "--images /data/photos",
          parser -> {
            parser.required("images", "DIR", "the folder of photos");
            parser.labels();
            parser.integer("limit", 0, "how many photos are looked into (1000); 0 for all");
            parser.settings();
          },
          given ->
              new SurveyCommand(
                  given.text("images"),
                  given.last("limit", Integer.class).orElse(1000),
                  given.settings(),
                  given.last("labels", String.class)));

  /** Of photos whose paths tell their labels. */
  public SurveyCommand(String images, int limit, SettingsSource settings) {
    this(images, limit, settings, Optional.empty());
  }
}
