package io.convoy.cli;

import io.convoy.cli.Command.Existing;
import java.util.Optional;

/**
 * Draws what kernels and max pooling make of one photo, and the first layer of a model where one is
 * given.
 */
public record FiltersCommand(String image, Optional<String> model, String out, Existing existing) {
  /** The command with its options. */
  public static final Command<FiltersCommand> COMMAND =
      new Command<>(
          "filters",
          "shows one photo under edge kernels, max pooling, and a model's first layer",
          "shows one photo under edge kernels, max pooling, and a first layer",
          "--image /data/photos/cats/cat.0.jpg --out /data/filters",
          parser -> {
            parser.required("image", "PHOTO", "the photo");
            parser.word("model", "MODEL", "RUN/models/NAME, whose first layer is shown too (none)");
            parser.required("out", "DIR", "the folder for the pictures and index.html");
            parser.overwrite();
          },
          given ->
              new FiltersCommand(
                  given.text("image"),
                  given.last("model", String.class),
                  given.text("out"),
                  given.existing()));
}
