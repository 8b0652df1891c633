package io.convoy.job;

import com.typesafe.config.Config;
import io.convoy.compare.Candidate;
import io.convoy.dataset.Split;
import io.convoy.evaluate.Predictions;
import io.convoy.failure.UserException;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.EpochSummary;
import io.convoy.report.SavedTables;
import io.convoy.settings.Hocon;
import io.convoy.settings.Settings;
import io.convoy.settings.SettingsLoader;
import io.convoy.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run has left in its folder, or has left so far.
 *
 * @param files of the run
 * @param conf its settings as text
 * @param settings its settings
 * @param provenance what made it; none where that is lost
 * @param tables its tables
 * @param results of the architectures that are trained
 * @param epochs that are trained
 */
public record SavedRun(
    RunFiles files,
    String conf,
    Settings settings,
    Optional<Provenance> provenance,
    SavedTables tables,
    List<ArchitectureResult> results,
    List<EpochSummary> epochs) {
  /** Of the settings, which every run writes whole, from the first to the last. */
  private static final List<String> WRITTEN =
      List.of("images.height", "images.width", "images.classes", "train.seed", "architectures");

  /**
   * Reads it.
   *
   * @throws UserException if there is no run, or nothing is trained yet
   */
  public static SavedRun read(Storage folder) {
    if (!folder.isFolder()) {
      throw new UserException("%s: there is no such run; give the folder of one.", folder);
    }
    RunFiles files = new RunFiles(folder);
    Storage conf = files.conf();
    if (!conf.exists()) {
      throw new UserException(
          "%s is not a run of convoy's (it has no %s); give a folder that run or train wrote.",
          folder, RunFiles.CONF);
    }
    String text = text(conf);
    Settings settings = settings(conf);
    SavedTables tables =
        new SavedTables(files.tables(), settings.architectures(), settings.images().classes());
    List<ArchitectureResult> results = tables.results();
    List<EpochSummary> epochs = tables.epochs();
    if (results.isEmpty() && epochs.isEmpty()) {
      throw new UserException(
          "%s holds a run that has not finished an epoch yet; come back when it has.", folder);
    }
    Optional<Provenance> provenance = Provenance.in(files, "delete it to do without what it says");
    return new SavedRun(files, text, settings, provenance, tables, results, epochs);
  }

  /**
   * The settings that a run was made with.
   *
   * @throws UserException if the file is not whole, as it was when the run wrote it
   */
  static Settings settings(Storage conf) {
    String text = text(conf);
    SettingsLoader loader = new SettingsLoader();
    try {
      Config whole = Hocon.resolve(Hocon.parse(text, conf.toString()), Map.of());
      for (String key : WRITTEN) {
        if (!whole.hasPathOrNull(key)) {
          throw new UserException("%s: it has no %s.", conf, key);
        }
      }
      return loader.load(text, conf.toString(), Map.of()).settings();
    } catch (UserException e) {
      throw new UserException(
          "%s: put the file back as the run wrote it.", e.getMessage().replaceFirst("\\.$", ""));
    }
  }

  private static String text(Storage conf) {
    return new String(conf.readSmall(), StandardCharsets.UTF_8);
  }

  /**
   * The networks that are compared, with their predictions.
   *
   * @param prefix of their labels
   */
  List<Candidate> candidates(String prefix) {
    Predictions none = Predictions.none(settings.images().classes().size());
    Map<String, Map<String, Predictions>> scores = tables.scores();
    return Candidate.ofAllFolds(
        results.stream()
            .map(
                result -> {
                  String name = result.architecture().name();
                  Map<String, Predictions> splits = scores.getOrDefault(name, Map.of());
                  return new Candidate(
                      prefix + name,
                      result,
                      splits.getOrDefault(Split.VALIDATION.key(), none),
                      splits.getOrDefault(Split.TEST.key(), none));
                })
            .toList());
  }

  /** The folder of the run. */
  Storage folder() {
    return files.folder();
  }
}
