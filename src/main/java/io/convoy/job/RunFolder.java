package io.convoy.job;

import io.convoy.cli.Command.Existing;
import io.convoy.failure.UserException;
import io.convoy.settings.ResolvedSettings;
import io.convoy.storage.FolderLock;
import io.convoy.storage.Json;
import io.convoy.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The folder of a run, locked: what it holds, and whether a run may begin or go on in it. */
final class RunFolder implements AutoCloseable {
  private final RunFiles files;
  private final Existing existing;
  private final ResolvedSettings settings;
  private final FolderLock lock;

  /** What a folder holds. */
  private enum State {
    EMPTY,
    STOPPED,
    FINISHED,
    OTHER
  }

  private RunFolder(RunFiles files, Existing existing, ResolvedSettings settings, FolderLock lock) {
    this.files = files;
    this.existing = existing;
    this.settings = settings;
    this.lock = lock;
  }

  /**
   * Locks the folder for a run of these settings.
   *
   * @param context tells what is waited for
   * @param out the folder
   * @param existing what to do where it holds something
   * @param settings of the run
   * @param inputs that writing must do no harm to
   * @throws UserException if it holds anything but the same run, stopped, and may not be
   *     overwritten; or another run writes into it
   */
  static RunFolder open(
      Context context,
      Storage out,
      Existing existing,
      ResolvedSettings settings,
      Storage... inputs) {
    RunFiles files = new RunFiles(out);
    Outputs.checkPlace(out, inputs);
    // Before the lock, so that a folder of something else is left as it is.
    refuse(files, existing, settings);
    Outputs.makeWritable(out);
    RunFolder folder = new RunFolder(files, existing, settings, context.lock(out));
    try {
      refuse(files, existing, settings);
      return folder;
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static State state(RunFiles files) {
    if (Outputs.isEmpty(files.folder())) {
      return State.EMPTY;
    }
    if (files.isFinished()) {
      return State.FINISHED;
    }
    return files.conf().exists() ? State.STOPPED : State.OTHER;
  }

  private static void refuse(RunFiles files, Existing existing, ResolvedSettings settings) {
    Storage out = files.folder();
    State state = state(files);
    if (existing == Existing.OVERWRITE || state == State.EMPTY) {
      return;
    }
    if (state == State.OTHER) {
      throw Outputs.occupied(out);
    }
    if (state == State.FINISHED && existing == Existing.KEEP) {
      throw new UserException(
          "%s is not empty: it holds a finished run; choose another folder, or --overwrite to delete"
              + " it.",
          out);
    }
    if (!text(files.conf()).equals(settings.hocon())) {
      throw new UserException(
          "%s is not empty: it holds a run of other settings (%s); give the same ones to go on with it,"
              + " choose another folder, or --overwrite to delete it.",
          out, RunFiles.CONF);
    }
  }

  private static String text(Storage file) {
    return file.exists() ? new String(file.readSmall(), StandardCharsets.UTF_8) : "";
  }

  /** Whether nothing is left to do. */
  boolean isFinished() {
    return existing == Existing.RESUME && state(files) == State.FINISHED;
  }

  /**
   * Empties the folder for a new run, or makes it ready to go on with the one in it.
   *
   * @param now what would make the run
   * @return whether it goes on
   * @throws UserException if the run in it is one on other images, or from another model
   */
  boolean begin(Provenance now) {
    Storage out = files.folder();
    Optional<Provenance> before =
        existing != Existing.OVERWRITE && state(files) == State.STOPPED
            ? Provenance.in(files, "choose another folder, or --overwrite to delete the run")
            : Optional.empty();
    if (before.isEmpty()) {
      Outputs.empty(out);
      write(files.conf(), settings.hocon().getBytes(StandardCharsets.UTF_8));
      write(files.provenance(), Json.write(now));
      return false;
    }
    if (!before.get().datasetContentHash().equals(now.datasetContentHash())) {
      throw new UserException(
          "%s is not empty: it holds a run on other images (their hash is %s, not %s); choose another"
              + " folder, or --overwrite to delete it.",
          out, before.get().datasetContentHash(), now.datasetContentHash());
    }
    if (!before.get().beganAs(now)) {
      throw new UserException(
          "%s is not empty: it holds a run that began with %s; give the same --from, choose another"
              + " folder, or --overwrite to delete it.",
          out, before.get().from() == null ? "no model" : before.get().from().model());
    }
    if (!before.get().hasBasesOf(now)) {
      throw new UserException(
          "%s is not empty: it holds a run whose architectures began with other models, or with models"
              + " that have changed since (bases in %s); choose another folder, or --overwrite to"
              + " delete it.",
          out, RunFiles.PROVENANCE);
    }
    out.deleteUnfinishedWrites();
    write(files.provenance(), Json.write(before.get().resumedBy(now)));
    return true;
  }

  private static void write(Storage file, byte[] content) {
    file.write(stream -> stream.write(content));
  }

  /** What is in it. */
  RunFiles files() {
    return files;
  }

  /** The checkpoints of an architecture. */
  Checkpoints checkpoints(String architecture) {
    return new Checkpoints(files.checkpoints().child(architecture));
  }

  /** Deletes the checkpoints, which a finished run does not need. */
  void finish() {
    files.checkpoints().delete();
  }

  /** Tidies up behind a run that may have been killed after its end, as its page was written. */
  void finishAgain() {
    finish();
    files.folder().deleteUnfinishedWrites();
  }

  /**
   * Makes sure that the folder is still this run's.
   *
   * @throws UserException if another has taken it over
   */
  void requireHeld() {
    lock.requireHeld();
  }

  /** Gives the folder free. */
  @Override
  public void close() {
    lock.close();
  }
}
