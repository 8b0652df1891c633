package io.convoy.job;

import io.convoy.failure.UserException;
import io.convoy.storage.Json;
import io.convoy.storage.Storage;
import io.convoy.storage.UnreachableStore;
import io.convoy.train.Checkpoint;
import io.convoy.train.Trainer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The checkpoints of one architecture, {@code checkpoints/NAME/EPOCH-MINIBATCHES.zip}, of which the
 * last two are kept, should the last be damaged; and, once it is trained, {@code trained.json}
 * instead.
 */
final class Checkpoints {
  private static final Pattern CHECKPOINT = Pattern.compile("\\d+-\\d+\\.zip");

  private static final int KEPT = 2;

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

  /**
   * A training that was stopped.
   *
   * @param checkpoint that it goes on from
   * @param notes of it
   * @param damaged later checkpoints, which cannot be used
   */
  record Stopped(Checkpoint checkpoint, TrainingNotes notes, List<Storage> damaged) {}

  /** Keeps a training as it is now; those before the one before it are deleted. */
  void write(Trainer trainer, TrainingNotes notes) {
    // By name in the order of time.
    String name =
        String.format(
            Locale.ROOT, "%06d-%09d.zip", notes.standing().epoch(), notes.standing().minibatches());
    trainer.keep(new Checkpoint(folder.child(name)), Json.write(notes));
    List<Storage> files = files();
    files.subList(0, Math.max(0, files.size() - KEPT)).forEach(Storage::delete);
  }

  /**
   * The training as it was kept last, or before that where the last file is damaged.
   *
   * @throws UserException if there are files, and all are damaged
   */
  Optional<Stopped> last() {
    List<Storage> files = new ArrayList<>(files());
    Collections.reverse(files);
    List<Storage> damaged = new ArrayList<>();
    for (Storage file : files) {
      Optional<TrainingNotes> notes = notes(file);
      if (notes.isPresent()) {
        return Optional.of(new Stopped(new Checkpoint(file), notes.get(), damaged));
      }
      damaged.add(file);
    }
    if (damaged.isEmpty()) {
      return Optional.empty();
    }
    throw new UserException(
        "%s is damaged, and no checkpoint before it is left; delete it to train this architecture"
            + " from the beginning.",
        damaged.get(0));
  }

  private static Optional<TrainingNotes> notes(Storage file) {
    try {
      return Optional.ofNullable(Json.read(new Checkpoint(file).notes(), TrainingNotes.class))
          .filter(TrainingNotes::areWhole);
    } catch (UncheckedIOException e) {
      requireReached(e);
      return Optional.empty();
    }
  }

  /** A store that is down says nothing of the file. */
  private static void requireReached(UncheckedIOException failed) {
    UnreachableStore.behind(failed)
        .ifPresent(
            store -> {
              throw store;
            });
  }

  /** Keeps what the tables need; the network is in the models. */
  void finish(Trained trained) {
    byte[] json = Json.write(trained);
    trainedFile().write(out -> out.write(json));
    files().forEach(Storage::delete);
  }

  /** The architecture, if it is trained already. */
  Optional<Trained> trained() {
    if (!trainedFile().exists()) {
      return Optional.empty();
    }
    Trained trained;
    try {
      trained = Json.read(trainedFile().read(), Trained.class);
    } catch (UncheckedIOException e) {
      requireReached(e);
      throw damagedTrained();
    }
    if (trained == null
        || trained.notes() == null
        || !trained.notes().areWhole()
        || trained.test() == null
        || trained.testLabels() == null) {
      throw damagedTrained();
    }
    return Optional.of(trained);
  }

  private UserException damagedTrained() {
    return new UserException(
        "%s is damaged; delete it to train this architecture again.", trainedFile());
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
