package io.convoy.job;

import io.convoy.failure.UserException;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.SavedTables;
import io.convoy.report.SavedTables.Epoch;
import io.convoy.settings.Settings;
import io.convoy.settings.SettingsLoader;
import io.convoy.storage.Json;
import io.convoy.storage.Storage;
import io.convoy.train.Model;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run has left in its folder, or has left so far.
 *
 * @param folder of the run
 * @param conf its settings as text
 * @param settings its settings
 * @param provenance what made it; none where that is lost
 * @param tables its tables
 * @param results of the architectures that are trained
 * @param epochs that are trained
 */
record SavedRun(
    Storage folder,
    String conf,
    Settings settings,
    Optional<Provenance> provenance,
    SavedTables tables,
    List<ArchitectureResult> results,
    List<Epoch> epochs) {

  /**
   * Reads it.
   *
   * @throws UserException if there is no run, or nothing is trained yet
   */
  static SavedRun read(Storage folder) {
    if (!folder.isFolder()) {
      throw new UserException("%s: there is no such run; give the folder of one.", folder);
    }
    Storage conf = folder.child(RunFolder.CONF);
    if (!conf.exists()) {
      throw new UserException(
          "%s is not a run of convoy's (it has no %s); give a folder that run or train wrote.",
          folder, RunFolder.CONF);
    }
    String text = new String(conf.read(), StandardCharsets.UTF_8);
    Settings settings = settings(conf);
    SavedTables tables =
        new SavedTables(
            folder.child("tables"), settings.architectures(), settings.images().classes());
    List<ArchitectureResult> results = tables.results();
    List<Epoch> epochs = tables.epochs();
    if (results.isEmpty() && epochs.isEmpty()) {
      throw new UserException(
          "%s holds a run that has not finished an epoch yet; come back when it has.", folder);
    }
    return new SavedRun(folder, text, settings, provenance(folder), tables, results, epochs);
  }

  /** The settings that a run was made with. */
  static Settings settings(Storage conf) {
    String text = new String(conf.read(), StandardCharsets.UTF_8);
    return new SettingsLoader().load(text, conf.toString(), Map.of()).settings();
  }

  private static Optional<Provenance> provenance(Storage folder) {
    Storage file = folder.child(RunFolder.PROVENANCE);
    try {
      return file.exists()
          ? Optional.ofNullable(Json.read(file.read(), Provenance.class))
          : Optional.empty();
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  boolean isFinished() {
    return folder.child(RunFolder.MARKER).exists();
  }

  /** The best model of an architecture, which may not be there. */
  Storage bestModel(String architecture) {
    return folder.child("models/" + architecture + "/" + Model.BEST);
  }
}
