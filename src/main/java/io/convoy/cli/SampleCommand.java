package io.convoy.cli;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.failure.UserException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Draws photos, or what becomes of one. */
public sealed interface SampleCommand {
  /** The command with its options. */
  Command<SampleCommand> COMMAND =
      new Command<>(
          "sample",
          "draws made-up photos of cats and dogs, or what augmentation makes of a photo",
          "draws made-up photos of cats and dogs as JPEG files, in cats/ and dogs/; or what"
              + " augmentation makes of one photo, as ARCHITECTURE.png",
          "--out /data/drawings --images 2000",
          parser -> {
            parser.required("out", "DIR", "the folder to make");
            parser.word(
                "augmented", "PHOTO", "a photo, to be shown as training sees it (draw photos)");
            parser.integer(
                "images",
                2,
                "how many photos, half of them cats (2000); of --augmented, copies (23)");
            parser.longInteger("seed", "the same seed draws the same bytes (1)");
            parser.word("architectures", "A,B", "of --augmented: these alone (all that augment)");
            parser.settings();
            parser.overwrite();
          },
          SampleCommand::of);

  /** What is to be had of either. */
  <R> R match(Function<Drawings, R> drawings, Function<Augmented, R> augmented);

  private static SampleCommand of(Arguments given) {
    Optional<Integer> images = given.last("images", Integer.class);
    Optional<String> photo = given.last("augmented", String.class);
    if (photo.isPresent()) {
      return new Augmented(
          photo.get(), given.text("out"), images.orElse(23), given.settings(), given.existing());
    }
    for (String option : List.of("conf", "set", "show-conf", "architectures")) {
      if (given.last(option, Object.class).isPresent()) {
        throw new UserException(
            "--%s does nothing without --augmented: drawing photos takes no settings.", option);
      }
    }
    return new Drawings(
        given.text("out"),
        images.orElse(2000),
        given.last("seed", Long.class).orElse(1L),
        given.existing());
  }

  /** Draws made-up photos. */
  record Drawings(String out, int images, long seed, Existing existing) implements SampleCommand {
    @Override
    public <R> R match(Function<Drawings, R> drawings, Function<Augmented, R> augmented) {
      return drawings.apply(this);
    }
  }

  /**
   * Draws what becomes of one photo in training.
   *
   * @param epochs how many changed copies are drawn, one an epoch
   * @param settings the size of the images, the seed, and the architectures whose augmentation is
   *     shown
   */
  record Augmented(String photo, String out, int epochs, SettingsSource settings, Existing existing)
      implements SampleCommand {
    @Override
    public <R> R match(Function<Drawings, R> drawings, Function<Augmented, R> augmented) {
      return augmented.apply(this);
    }
  }
}
