package io.convoy.cli;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.failure.UserException;
import io.convoy.settings.ClassNames;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Draws photos, or what becomes of one. */
public sealed interface SampleCommand {
  /** The command with its options. */
  Command<SampleCommand> COMMAND =
      new Command<>(
          "sample",
          "draws made-up photos of cats and dogs or more classes, or what augmentation makes of one",
          "draws made-up photos as JPEG files: of cats and dogs, in cats/ and dogs/, or of figures in"
              + " any number of classes; or what augmentation makes of one photo, as"
              + " ARCHITECTURE.png",
          "--out /data/drawings --images 2000",
          parser -> {
            parser.required("out", "DIR", "the folder to make");
            parser.word(
                "augmented", "PHOTO", "a photo, to be shown as training sees it (draw photos)");
            parser.integer(
                "images",
                2,
                "how many photos of all classes together (2000); of --augmented, copies (23)");
            parser.integer(
                "classes",
                2,
                ClassNames.MOST,
                "figures in class-001/ to class-N/, told apart by shape, colour, number and size; at"
                    + " most 1000 (cats and dogs)");
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
    OptionalInt classes =
        given.last("classes", Integer.class).map(OptionalInt::of).orElse(OptionalInt.empty());
    if (photo.isPresent()) {
      if (classes.isPresent()) {
        throw new UserException("--classes does nothing with --augmented, which draws no photos.");
      }
      return new Augmented(
          photo.get(), given.text("out"), images.orElse(23), given.settings(), given.existing());
    }
    for (String option : List.of("conf", "set", "show-conf", "architectures")) {
      if (given.last(option, Object.class).isPresent()) {
        throw new UserException(
            "--%s does nothing without --augmented: drawing photos takes no settings.", option);
      }
    }
    int photos = images.orElse(2000);
    if (classes.isPresent() && photos < classes.getAsInt()) {
      throw new UserException(
          "--images %d does not do for --classes %d: a class would have no photo; give at least as"
              + " many images as classes.",
          photos, classes.getAsInt());
    }
    return new Drawings(
        given.text("out"),
        photos,
        classes,
        given.last("seed", Long.class).orElse(1L),
        given.existing());
  }

  /**
   * Draws made-up photos.
   *
   * @param images how many, of all classes together
   * @param classes of figures, 2 to {@value ClassNames#MOST}; none for cats and dogs
   */
  record Drawings(String out, int images, OptionalInt classes, long seed, Existing existing)
      implements SampleCommand {
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
