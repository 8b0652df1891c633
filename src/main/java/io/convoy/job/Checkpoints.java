package io.convoy.job;

import io.convoy.storage.Json;
import io.convoy.storage.Storage;
import io.convoy.train.Checkpoint;
import io.convoy.train.Trainer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The checkpoints of one architecture, {@code checkpoints/NAME/EPOCH-MINIBATCHES.zip}, of which
 * only the last is kept; and, once it is trained, {@code trained.json} instead.
 */
final class Checkpoints {
  private static final Pattern CHECKPOINT = Pattern.compile("\\d+-\\d+\\.zip");

  private final Storage folder;

  /**
   * @param folder of this architecture's checkpoints
   */
  Checkpoints(Storage folder) {
    this.folder = folder;
  }

  /**
   * What is left of a trained architecture for the tables.
   *
   * @param notes of its training
   * @param parameters weights and biases
   * @param modelBytes size of the best model's file
   * @param test the probability of each image of the test split by the best model
   * @param testLabels the labels of the test split
   * @param inferenceSeconds that a worker takes for an image; null where nothing was predicted, and
   *     as an older convoy kept it
   */
  record Trained(
      TrainingNotes notes,
      long parameters,
      long modelBytes,
      float[] test,
      int[] testLabels,
      Double inferenceSeconds) {}

  /** A training that was stopped. */
  record Stopped(Checkpoint checkpoint, TrainingNotes notes) {}

  /** Keeps a training as it is now; those before it are deleted. */
  void write(Trainer trainer, TrainingNotes notes) {
    // By name in the order of time.
    String name =
        String.format(
            Locale.ROOT, "%06d-%09d.zip", notes.standing().epoch(), notes.standing().minibatches());
    trainer.keep(new Checkpoint(folder.child(name)), Json.write(notes));
    for (Storage file : files()) {
      if (!file.name().equals(name)) {
        file.delete();
      }
    }
  }

  /** The training as it was kept last. */
  Optional<Stopped> last() {
    List<Storage> files = files();
    if (files.isEmpty()) {
      return Optional.empty();
    }
    Checkpoint checkpoint = new Checkpoint(files.get(files.size() - 1));
    return Optional.of(new Stopped(checkpoint, Json.read(checkpoint.notes(), TrainingNotes.class)));
  }

  /** Keeps what the tables need; the network is in the models. */
  void finish(Trained trained) {
    byte[] json = Json.write(trained);
    trainedFile().write(out -> out.write(json));
    files().forEach(Storage::delete);
  }

  /** The architecture, if it is trained already. */
  Optional<Trained> trained() {
    return trainedFile().exists()
        ? Optional.of(Json.read(trainedFile().read(), Trained.class))
        : Optional.empty();
  }

  private Storage trainedFile() {
    return folder.child("trained.json");
  }

  private List<Storage> files() {
    return folder.children().stream()
        .filter(file -> CHECKPOINT.matcher(file.name()).matches())
        .toList();
  }
}
