package io.convoy.job;

import io.convoy.cli.Command.Existing;
import io.convoy.dataset.Manifest;
import io.convoy.failure.UserException;
import io.convoy.predict.ScoredFolder;
import io.convoy.storage.FolderLock;
import io.convoy.storage.Storage;
import io.convoy.storage.UnreachableStore;
import java.io.UncheckedIOException;
import java.util.List;

/** Makes output folders ready, and never deletes an input. */
final class Outputs {
  private static final String PROBE = "_writable";
  private static final List<String> FINISHED =
      List.of(RunFiles.MARKER, Manifest.FILE, ScoredFolder.MARKER);

  private Outputs() {}

  /**
   * Makes sure that the folder can be written, and is empty or may be emptied, without touching
   * what it holds. The folder is made, so that a mistake shows before the work.
   *
   * @throws UserException if it holds something and may not be emptied, cannot be written, or
   *     emptying it would delete an input
   */
  static void check(Storage out, Existing existing, Storage... inputs) {
    checkPlace(out, inputs);
    if (existing != Existing.OVERWRITE && !isEmpty(out)) {
      throw occupied(out);
    }
    makeWritable(out);
  }

  /**
   * Makes sure that writing into the folder, or emptying it, does no harm to an input.
   *
   * @throws UserException if it would
   */
  static void checkPlace(Storage out, Storage... inputs) {
    for (Storage input : inputs) {
      refuseOverlap(out, input);
    }
  }

  static UserException occupied(Storage out) {
    return new UserException(
        "%s is not empty; choose another folder, or --overwrite to delete what it holds.", out);
  }

  /** Whether the folder holds nothing but what a run leaves that was killed before it began. */
  static boolean isEmpty(Storage out) {
    return out.children().stream().allMatch(Outputs::isRemnant);
  }

  private static boolean isRemnant(Storage file) {
    return file.name().equals(FolderLock.FILE)
        || file.name().equals(PROBE)
        || file.isUnfinishedWrite();
  }

  private static void refuseOverlap(Storage out, Storage input) {
    Location output = Location.of(out);
    Location source = Location.of(input);
    if (output.holds(source)) {
      throw new UserException(
          "--out %s is or holds the input %s; choose another folder.", out, input);
    }
    if (source.holds(output) && !isEmpty(out)) {
      throw new UserException(
          "--out %s lies inside the input %s and is not empty; choose another folder.", out, input);
    }
  }

  /**
   * Makes sure that prepared data sets do not get into the photos, nor under an output folder that
   * will be emptied.
   */
  static void checkDatasets(Storage datasets, Storage images, Storage out) {
    for (Storage other : new Storage[] {images, out}) {
      if (Location.of(other).holds(Location.of(datasets))) {
        throw new UserException(
            "The folder of the data sets, %s, is or lies inside %s; choose another with --datasets.",
            datasets, other);
      }
    }
  }

  /**
   * Empties the folder but for its lock, and makes it. What says that the folder is finished goes
   * first, what says that it is one of convoy's last, so that nobody takes the rest for a whole.
   */
  static void empty(Storage out) {
    for (String marker : FINISHED) {
      out.child(marker).delete();
    }
    for (Storage child : out.children()) {
      if (!child.name().equals(FolderLock.FILE) && !child.name().equals(RunFiles.CONF)) {
        child.delete();
      }
    }
    out.child(RunFiles.CONF).delete();
    makeWritable(out);
  }

  /** Makes the folder, and tries whether it can be written. */
  static void makeWritable(Storage out) {
    Storage probe = out.child(PROBE);
    try {
      out.makeFolder();
      probe.write(content -> {});
      probe.delete();
    } catch (UncheckedIOException e) {
      throw UnreachableStore.behind(e)
          .orElseGet(() -> new UserException("%s cannot be written; choose another folder.", out));
    }
  }
}
