package io.convoy.cli;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.settings.Precision;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Predicts photos with a trained model.
 *
 * @param images a folder of photos, or one photo
 * @param out the folder of the tables; may be missing for one photo
 * @param threshold 0 to 1, instead of the model's; of two classes alone
 * @param precision of the network's pass; empty for the best of the processors
 * @param explained of how many photos pictures show where the network sees their classes, at most;
 *     empty for none
 * @param settings for the limits of the photos alone
 */
public record PredictCommand(
    String model,
    String images,
    Optional<String> out,
    OptionalDouble threshold,
    Optional<Precision> precision,
    OptionalInt explained,
    SettingsSource settings,
    Existing existing) {
  private static final int EXPLAINED = 100;

  /** The command with its options. */
  public static final Command<PredictCommand> COMMAND =
      new Command<>(
          "predict",
          "classes of new photos by a trained model, as tables",
          "class and probabilities of new photos, labelled or not, by a trained model",
          "--model /data/runs/first/models/mlp --images /data/new --out /data/predictions",
          parser -> {
            parser.required("model", "MODEL", "RUN/models/NAME for its best, or a file in it");
            parser.required(
                "images", "DIR", "the folder of photos; or one photo, which is printed");
            parser.word(
                "out",
                "DIR",
                "the folder to make: predictions (path, class, probabilities) and rejected (path, reason,"
                    + " found), each as .parquet and .csv, in the order of the paths; one photo needs none");
            parser.share(
                "threshold",
                "T",
                "of two classes: a greater probability is the second (the model's)");
            parser.precision(
                "float32, bfloat16, or auto: bfloat16 where processors compute in it (float32)");
            parser.flag(
                "explain",
                "makes pictures too, DIR/explain/PHOTO.png, of where the network sees the class that it"
                    + " calls a photo (Grad-CAM)");
            parser.integer(
                "explain-limit",
                1,
                "such pictures of so many photos at most, the first by their paths (%d)"
                    .formatted(EXPLAINED));
            parser.word(
                "conf", "FILE", "settings, of which images.max-pixels and -file-bytes count");
            parser.word("set", "KEY=VALUE", "one of these two; can be given again");
            parser.overwrite();
          },
          given ->
              new PredictCommand(
                  given.text("model"),
                  given.text("images"),
                  given.last("out", String.class),
                  given
                      .last("threshold", Double.class)
                      .map(OptionalDouble::of)
                      .orElse(OptionalDouble.empty()),
                  Precision.choice(
                      given.last("precision", String.class).orElse(Precision.FLOAT32.key())),
                  explained(given),
                  given.settings(),
                  given.existing()));

  private static OptionalInt explained(Arguments given) {
    Optional<Integer> limit = given.last("explain-limit", Integer.class);
    return given.last("explain", Boolean.class).isPresent() || limit.isPresent()
        ? OptionalInt.of(limit.orElse(EXPLAINED))
        : OptionalInt.empty();
  }
}
