package io.convoy.cli;

import io.convoy.cli.Command.SettingsSource;

/** Looks at the shapes of up to {@code limit} photos; of all where it is 0. */
public record SurveyCommand(String images, int limit, SettingsSource settings) {
  /** The command with its options. */
  public static final Command<SurveyCommand> COMMAND =
      new Command<>(
          "survey",
          "shapes, classes, splits and copies of a folder of photos, before a run",
          "shapes, classes, splits and copies of a folder of photos, before a run",
          "--images /data/photos",
          parser -> {
            parser.required("images", "DIR", "the folder of photos");
            parser.integer("limit", 0, "how many photos are looked into (1000); 0 for all");
            parser.settings();
          },
          given ->
              new SurveyCommand(
                  given.text("images"),
                  given.last("limit", Integer.class).orElse(1000),
                  given.settings()));
}
