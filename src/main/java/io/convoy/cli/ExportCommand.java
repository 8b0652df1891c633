package io.convoy.cli;

import io.convoy.cli.Command.Existing;
import io.convoy.failure.UserException;
import io.convoy.settings.ExportSettings;
import io.convoy.settings.ExportSettings.BatchNormalizations;
import io.convoy.settings.ExportSettings.Outputs;

/**
 * Writes a trained model into a file for other programs.
 *
 * @param out the file
 */
public record ExportCommand(String model, String out, ExportSettings settings, Existing existing) {
  private static final String ONNX = "onnx";

  /** The command with its options. */
  public static final Command<ExportCommand> COMMAND =
      new Command<>(
          "export",
          "writes a trained model into a file for other programs, as ONNX",
          "writes a trained model into one file for other programs",
          "--model /data/runs/first/models/conv24 --format onnx --out /data/conv24.onnx",
          parser -> {
            parser.required("model", "MODEL", "RUN/models/NAME for its best, or a file in it");
            parser.word("format", "FORMAT", "onnx, the only one (onnx)");
            parser.required("out", "FILE", "the file to make");
            parser.flag(
                "fold-batch-norm",
                "put batch normalisation into the weights of the convolutions before it");
            parser.flag("features", "give what goes into the last layer too, as `features`");
            parser.flag("overwrite", "replace the file if it is there");
          },
          given -> {
            String format = given.last("format", String.class).orElse(ONNX);
            if (!format.equals(ONNX)) {
              throw new UserException(
                  "--format %s: convoy writes %s alone; give that, or leave it out.", format, ONNX);
            }
            return new ExportCommand(
                given.text("model"),
                given.text("out"),
                new ExportSettings(
                    given.last("fold-batch-norm", Boolean.class).isPresent()
                        ? BatchNormalizations.FOLDED
                        : BatchNormalizations.KEPT,
                    given.last("features", Boolean.class).isPresent()
                        ? Outputs.PROBABILITIES_AND_FEATURES
                        : Outputs.PROBABILITIES),
                given.existing());
          });
}
