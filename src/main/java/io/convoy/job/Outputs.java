package io.convoy.job;

import io.convoy.cli.Command.Existing;
import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import java.io.UncheckedIOException;

/** Makes output folders ready, and never deletes an input. */
final class Outputs {
  private Outputs() {}

  /**
   * Makes sure that the folder can be written, and is empty or may be emptied, without touching
   * what it holds. The folder is made, so that a mistake shows before the work.
   *
   * @throws UserException if it holds something and may not be emptied, cannot be written, or
   *     emptying it would delete an input
   */
  static void check(Storage out, Existing existing, Storage... inputs) {
    for (Storage input : inputs) {
      refuseOverlap(out, input);
    }
    if (existing == Existing.KEEP && out.isOccupied()) {
      throw new UserException(
          "%s is not empty; choose another folder, or --overwrite to delete what it holds.", out);
    }
    makeWritable(out);
  }

  private static void refuseOverlap(Storage out, Storage input) {
    Location output = Location.of(out);
    Location source = Location.of(input);
    if (output.holds(source)) {
      throw new UserException(
          "--out %s is or holds the input %s; choose another folder.", out, input);
    }
    if (source.holds(output) && out.isOccupied()) {
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

  /** Empties the folder, and makes it. */
  static void empty(Storage out) {
    out.delete();
    makeWritable(out);
  }

  private static void makeWritable(Storage out) {
    Storage probe = out.child("_writable");
    try {
      out.makeFolder();
      probe.write(content -> {});
      probe.delete();
    } catch (UncheckedIOException e) {
      throw new UserException("%s cannot be written; choose another folder.", out);
    }
  }
}
