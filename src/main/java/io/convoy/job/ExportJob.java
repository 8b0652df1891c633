package io.convoy.job;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.ExportCommand;
import io.convoy.failure.UserException;
import io.convoy.modelfile.ModelCard;
import io.convoy.modelfile.ModelFile;
import io.convoy.onnx.OnnxModel;
import io.convoy.storage.Storage;

/** {@code export}: a trained model as a file for other programs. */
public final class ExportJob {
  /** In the line. */
  private static final int MOST_CLASSES = 10;

  private final Context context;

  public ExportJob(Context context) {
    this.context = context;
  }

  /**
   * Writes the file, without Spark.
   *
   * @throws UserException if there is no such model, it cannot be exported, or the file is in the
   *     way
   */
  public void run(ExportCommand command) {
    Storage out = context.storage(command.out());
    ModelFile model = ModelFile.at(context.storage(command.model()));
    if (out.isFolder()) {
      throw new UserException(
          "--out %s is a folder; name a file, such as %s.", out, out.child("model.onnx"));
    }
    if (out.path().equals(model.file().path())) {
      throw new UserException("--out %s is the model itself; name another file.", out);
    }
    if (out.exists() && command.existing() != Existing.OVERWRITE) {
      throw new UserException(
          "%s is there already; name another file, or --overwrite to replace it.", out);
    }
    ModelFile.Loaded loaded = model.load();
    OnnxModel exported = OnnxModel.of(loaded, command.settings());
    out.parent().makeFolder();
    out.write(exported::writeTo);
    ModelCard card = loaded.card();
    context.print(
        "%s: %s as ONNX, %,d bytes; %s: uint8 [N, %d, %d, 3], %s: float32 [N, %d], %s%n",
        out,
        card.architecture(),
        out.length(),
        OnnxModel.IMAGES,
        card.height(),
        card.width(),
        OnnxModel.PROBABILITIES,
        card.classes().size(),
        String.join(", ", card.classes().stream().limit(MOST_CLASSES).toList())
            + (card.classes().size() > MOST_CLASSES ? ", ..." : ""));
  }
}
