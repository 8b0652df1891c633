package io.convoy.job;

import io.convoy.failure.UserException;
import io.convoy.modelfile.Checkpoint;
import io.convoy.modelfile.Snapshot;
import io.convoy.storage.Json;
import io.convoy.storage.Storage;
import io.convoy.storage.UnreachableStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of one architecture, {@code checkpoints/NAME/EPOCH-MINIBATCHES.zip}, of which the
 * last two that are whole are kept, should the last come to harm; and, once it is trained, {@code
 * trained.json} instead.
 */
final class Checkpoints {
  private static final Pattern CHECKPOINT = Pattern.compile("\\d+-\\d+\\.zip");

  private final Storage folder;

  /** The checkpoint that was gone on from, or written last. */
  private Optional<Storage> whole = Optional.empty();

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
   * @param notes of it
   * @param damaged later checkpoints, which were passed over: each file, and what is wrong with it
   */
  record Stopped(TrainingNotes notes, List<String> damaged) {}

  /** Keeps a training as it is now, and the checkpoint before, if that is whole; deletes others. */
  void write(Snapshot network, TrainingNotes notes) {
    // By name in the order of time.
    String name =
        String.format(
            Locale.ROOT, "%06d-%09d.zip", notes.state().epoch(), notes.state().minibatches());
    Storage now = folder.child(name);
    new Checkpoint(now).write(network, Json.write(notes));
    List<String> kept = Stream.concat(Stream.of(now), whole.stream()).map(Storage::name).toList();
    files().stream().filter(file -> !kept.contains(file.name())).forEach(Storage::delete);
    whole = Optional.of(now);
  }

  /**
   * Restores the training that was kept last in a checkpoint that is whole.
   *
   * @param restore takes a checkpoint and its notes, and throws an {@link UncheckedIOException}
   *     with the reason if it is not whole
   * @throws UserException if there are files, and all are damaged
   */
  Optional<Stopped> restoreLast(BiConsumer<Checkpoint, TrainingNotes> restore) {
    List<Storage> files = new ArrayList<>(files());
    Collections.reverse(files);
    List<String> damaged = new ArrayList<>();
    for (Storage file : files) {
      Checkpoint checkpoint = new Checkpoint(file);
      try {
        TrainingNotes notes = notes(checkpoint);
        restore.accept(checkpoint, notes);
        whole = Optional.of(file);
        return Optional.of(new Stopped(notes, damaged));
      } catch (UncheckedIOException e) {
        requireReached(e);
        damaged.add(e.getMessage());
      }
    }
    if (damaged.isEmpty()) {
      return Optional.empty();
    }
    throw new UserException(
        "No checkpoint is whole (%s); delete %s to train this architecture from the beginning.",
        String.join("; ", damaged), folder);
  }

  private static TrainingNotes notes(Checkpoint checkpoint) {
    byte[] json = checkpoint.notes();
    try {
      TrainingNotes notes = Json.read(json, TrainingNotes.class);
      if (notes != null && notes.areWhole()) {
        return notes;
      }
      throw new IOException("something is missing");
    } catch (UncheckedIOException | IOException e) {
      throw new UncheckedIOException(
          checkpoint.file() + ": what it says of the training cannot be read", new IOException(e));
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
      // No small file: it grows with the images of the validation and the test split.
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
