package io.convoy.job;

import io.convoy.cli.Command.Existing;
import io.convoy.failure.UserException;
import io.convoy.storage.Storage;

/** Makes output folders ready, and never deletes an input. */
final class Outputs {
  private Outputs() {}

  /**
   * Makes sure that the folder is empty or may be emptied, without touching it.
   *
   * @throws UserException if it holds something and may not be emptied, or holds the input
   */
  static void check(Storage out, Existing existing, Storage... inputs) {
    for (Storage input : inputs) {
      String inner = input.path() + "/";
      String outer = out.path() + "/";
      if (inner.startsWith(outer)) {
        throw new UserException(
            "--out %s is or holds the input %s; choose another folder.", out, input);
      }
    }
    if (existing == Existing.KEEP && out.isOccupied()) {
      throw new UserException(
          "%s is not empty; choose another folder, or --overwrite to delete what it holds.", out);
    }
  }

  /** Empties the folder, and makes it. */
  static void make(Storage out) {
    out.delete();
    out.makeFolder();
  }
}
