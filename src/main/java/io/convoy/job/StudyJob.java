package io.convoy.job;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.RunCommand;
import io.convoy.cli.StudyCommand;
import io.convoy.report.ArchitectureResult;
import io.convoy.report.StudyResult;
import io.convoy.report.StudyTable;
import io.convoy.report.TableWriter;
import io.convoy.settings.OuterMomentum;
import io.convoy.settings.TrainSettings;
import io.convoy.storage.Storage;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code study}: what the number of workers, the averaging frequency and outer momentum do to
 * accuracy and time. One worker alone, then each number of workers with each frequency, without
 * outer momentum and with the one of the settings; each is a run of its own in {@code runs}, on one
 * prepared data set, and one that is finished already is not made again.
 */
public final class StudyJob {
  private final Context context;

  public StudyJob(Context context) {
    this.context = context;
  }

  /** Trains, prints the table and saves it as {@code study.csv} and {@code study.parquet}. */
  public void run(StudyCommand command) {
    TrainSettings settings = SettingsFiles.resolve(command.settings(), context).settings().train();
    List<Trial> trials = trials(command, settings.outer());
    Storage out = context.storage(command.out());
    List<StudyResult> results = new ArrayList<>();
    RunJob run = new RunJob(quiet());
    for (Trial trial : trials) {
      context.remark(
          "study: %d of %d, %s%n", trials.indexOf(trial) + 1, trials.size(), trial.name());
      Storage folder = out.child("runs/" + trial.name());
      run.run(trial.of(command, folder, out.child("datasets")));
      results.addAll(results(SavedRun.read(folder)));
      // After each, so that a study that is stopped leaves what it has.
      new TableWriter(out).write(StudyTable.table(results));
    }
    context.print("%s", StudyTable.text(results));
    context.print("%nTable: %s%n", out.child("study.csv"));
  }

  /** Rankings and places of single runs are no result here. */
  private Context quiet() {
    return new Context(
        context.hadoop(),
        context.spark(),
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        context.err(),
        context.log(),
        context.build());
  }

  private static List<Trial> trials(StudyCommand command, Optional<OuterMomentum> outer) {
    List<Trial> trials = new ArrayList<>();
    for (int workers : command.workers()) {
      if (workers == 1) {
        trials.add(new Trial(1, OptionalInt.empty(), Optional.empty()));
        continue;
      }
      for (int frequency : command.frequencies()) {
        Trial plain = new Trial(workers, OptionalInt.of(frequency), Optional.empty());
        trials.add(plain);
        outer.ifPresent(
            momentum -> trials.add(new Trial(workers, plain.frequency, Optional.of(momentum))));
      }
    }
    return trials;
  }

  /** One setting of what is studied; the frequency of one worker alone is that of the settings. */
  private record Trial(int workers, OptionalInt frequency, Optional<OuterMomentum> outer) {
    String name() {
      return "workers-"
          + workers
          + (frequency.isPresent() ? "-frequency-" + frequency.getAsInt() : "")
          + (outer.isPresent() ? "-outer" : "");
    }

    RunCommand of(StudyCommand command, Storage folder, Storage datasets) {
      Map<String, String> overrides = new LinkedHashMap<>();
      overrides.put("train.workers", Integer.toString(workers));
      frequency.ifPresent(f -> overrides.put("train.averaging-frequency", Integer.toString(f)));
      if (outer.isEmpty()) {
        overrides.put("train.outer", "none");
      }
      return new RunCommand(
          command.images(),
          folder.toString(),
          Optional.of(datasets.toString()),
          command.settings().with(overrides),
          command.existing() == Existing.OVERWRITE ? Existing.OVERWRITE : Existing.RESUME);
    }
  }

  private static List<StudyResult> results(SavedRun run) {
    List<StudyResult> results = new ArrayList<>();
    for (ArchitectureResult result : run.results()) {
      String name = result.architecture().name();
      results.add(
          new StudyResult(
              result,
              run.settings().train().outer(),
              run.epochs().stream().filter(e -> e.architecture().equals(name)).toList(),
              run.tables().rounds().getOrDefault(name, List.of())));
    }
    return results;
  }
}
