package io.convoy.job;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.cli.SearchCommand;
import io.convoy.dataset.Manifest;
import io.convoy.failure.UserException;
import io.convoy.search.Trial;
import io.convoy.settings.Architecture;
import io.convoy.settings.Recipe;
import io.convoy.settings.ResolvedSettings;
import io.convoy.settings.SearchSettings;
import io.convoy.settings.SearchSettings.Baseline;
import io.convoy.settings.TrainSettings;
import io.convoy.storage.Storage;
import io.convoy.tracking.Tracker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code search}: trains trials, architectures with drawn settings, rung by rung in {@code trials},
 * and then the best of them in full, as a run of its own in {@code best}, which goes on where they
 * are. Only there the test split is looked at.
 */
public final class SearchJob {
  private static final String TRIALS = "trials";
  private static final String BEST = "best";

  private final Context context;

  public SearchJob(Context context) {
    this.context = context;
  }

  /** Searches, or goes on with a search that was stopped. */
  public void run(SearchCommand command) {
    ResolvedSettings asked = resolve(command.settings());
    // What cannot be drawn is said before the photos are looked at.
    asked.ofAnyPhotos(any -> Trial.draw(any.search(), any.settings().architectures()));
    Storage out = context.storage(command.out());
    refuseOther(out, command.existing());
    PrepareJob prepare = new PrepareJob(context);
    PrepareJob.Photos photos =
        prepare.scan(command.images(), command.labels(), asked.settings(), Optional.empty());
    ResolvedSettings resolved =
        asked.forPhotos(photos.known(asked, context.hadoop())).withClasses(photos.classes());
    resolved.choices().forEach(choice -> context.remark("search: %s%n", choice));
    if (command.settings().show() == Show.CONF) {
      context.print("%s", resolved.withSearch().hocon());
    }
    List<Trial> drawn = Trial.draw(resolved.search(), resolved.settings().architectures());
    requireTrainable(resolved, drawn, photos.classes());
    Storage datasets =
        command.datasets().map(context::storage).orElseGet(() -> out.parent().child("datasets"));
    Outputs.checkPlace(out, photos.inputs());
    Outputs.checkDatasets(datasets, photos.folder(), out);
    Storage dataset = RunJob.place(datasets, photos.identity(resolved.settings()));
    try (RunFolder folder =
        RunFolder.open(
            context,
            out.child(TRIALS),
            command.existing(),
            resolved.withSearch(),
            photos.inputs())) {
      RunFiles best = new RunFiles(out.child(BEST));
      if (command.existing() != Existing.OVERWRITE && best.isFinished()) {
        tellFinished(best, command.existing());
        return;
      }
      prepare.prepare(photos, dataset, resolved.settings(), Existing.OVERWRITE);
      requireMeasurable(dataset);
      Searched searched = search(resolved, drawn, dataset, folder, command.existing());
      train(resolved, searched, dataset, command, photos);
      searched.trials.tidy();
    }
  }

  /**
   * Each trial by one worker, where the settings leave that open, as its result is then the same.
   */
  private ResolvedSettings resolve(SettingsSource source) {
    SettingsSource quiet = source.quiet();
    TrainSettings train = SettingsFiles.resolve(quiet, context).settings().train();
    ResolvedSettings resolved =
        train.parallel().isEmpty() && train.isOfTrials(1, 1)
            ? SettingsFiles.resolve(quiet.with(Map.of("train.parallel", "trials")), context)
            : SettingsFiles.resolve(quiet, context);
    Tracker.requireClient(resolved.tracking());
    return resolved;
  }

  private static void refuseOther(Storage out, Existing existing) {
    boolean isOther =
        !Outputs.isEmpty(out)
            && out.children().stream()
                .map(Storage::name)
                .noneMatch(name -> name.equals(TRIALS) || name.equals(BEST));
    if (isOther && existing != Existing.OVERWRITE) {
      throw Outputs.occupied(out);
    }
  }

  private void tellFinished(RunFiles best, Existing existing) {
    if (existing == Existing.KEEP) {
      throw new UserException(
          "%s is not empty: it holds a finished search; choose another folder, or --overwrite to delete"
              + " it.",
          best.folder().parent());
    }
    context.print("The search is finished already. Tables: %s%n", best.tables());
    if (!best.page().exists()) {
      new ReportJob(context).runAtEnd(best, Optional.empty());
    }
  }

  /** Before anything is trained, of each network and of what of its recipe it has to fit. */
  private void requireTrainable(
      ResolvedSettings resolved, List<Trial> trials, List<String> classes) {
    SearchSettings search = resolved.search();
    if (!search.metric().isDefinedFor(classes.size())) {
      throw new UserException(
          "search.metric is %s, which only two classes have, and there are %,d: give another.",
          search.metric().key(), classes.size());
    }
    Set<List<Object>> seen = new HashSet<>();
    for (Trial trial : trials) {
      Architecture a = trial.architecture();
      Recipe recipe = a.recipe();
      if (seen.add(
          List.of(a.base(), a.layers(), recipe.best(), recipe.stopping(), recipe.resizing()))) {
        plan(resolved.with(List.of(a)), classes);
      }
    }
  }

  /** Each that is drawn can be had for its layers, before the first trial is trained. */
  private void requirePrecisions(TrainingRun run, List<Trial> trials) {
    Set<List<Object>> seen = new HashSet<>();
    for (Trial trial : trials) {
      Architecture a = trial.architecture();
      if (seen.add(List.of(a.base(), a.layers(), a.recipe().precision()))) {
        run.precision(RungResult.definition(run, a));
      }
    }
  }

  private TrainingPlan plan(ResolvedSettings resolved, List<String> classes) {
    return TrainingPlan.of(
        context,
        resolved,
        Optional.empty(),
        classes,
        resolved.settings().images().height(),
        resolved.settings().images().width());
  }

  private static void requireMeasurable(Storage dataset) {
    if (Manifest.read(dataset).validation().examples() == 0) {
      throw new UserException(
          "search compares trials by their validation images, and there are none: give split some.");
    }
  }

  /**
   * The trials, trained.
   *
   * @param tracked what a tracking server calls their run
   */
  private record Searched(SearchTrials trials, Optional<String> tracked) {}

  /** Trains the trials. */
  private Searched search(
      ResolvedSettings resolved,
      List<Trial> drawn,
      Storage dataset,
      RunFolder folder,
      Existing existing) {
    TrainJob silent = new TrainJob(context.silent());
    List<Architecture> architectures = drawn.stream().map(Trial::architecture).toList();
    TrainingRun run =
        silent.open(
            dataset,
            folder,
            new TrainingPlan(resolved.with(architectures), List.of(), Optional.empty()));
    requirePrecisions(run, drawn);
    if (folder.begin(Provenance.of(run, Map.of(), Map.of()))) {
      context.remark("search: going on with the search that was stopped%n");
    } else if (existing == Existing.OVERWRITE) {
      folder.files().folder().parent().child(BEST).delete();
    }
    RunTracking tracking =
        RunTracking.of(
            context,
            run,
            resolved,
            folder.files().folder().parent().name(),
            Optional.empty(),
            resolved.search().leaves());
    SearchTrials trials;
    try (tracking) {
      trials = new SearchTrials(context, run, tracking, resolved.search(), drawn);
      try {
        trials.train();
      } finally {
        silent.keepLog(folder);
      }
      tracking.finish();
    }
    context.print("%s%n", trials.text());
    context.print("Trials: %s%n", folder.files().tables().child("trials.csv"));
    return new Searched(trials, tracking.id());
  }

  /** Trains the best in full. */
  private void train(
      ResolvedSettings resolved,
      Searched searched,
      Storage dataset,
      SearchCommand command,
      PrepareJob.Photos photos) {
    SearchTrials trials = searched.trials;
    List<Architecture> best = trials.best().stream().map(Trial::architecture).toList();
    if (best.isEmpty()) {
      throw new UserException(
          "All trials failed, the first as %s; search other settings.", trials.firstFailure());
    }
    List<Architecture> compared = new ArrayList<>(best);
    if (resolved.search().baseline() == Baseline.ARCHITECTURES) {
      compared.addAll(resolved.settings().architectures());
    }
    TrainingPlan plan = plan(resolved.with(compared).repeated(), photos.classes());
    Storage out = context.storage(command.out()).child(BEST);
    try (RunFolder folder =
        RunFolder.open(
            context, out, Existing.KEEP, plan.resolved(), plan.inputs(photos.inputs()))) {
      context.remark(
          "search: training the best %d of %d trials in full%n", best.size(), trials.tried());
      new TrainJob(context)
          .train(dataset, folder, plan, () -> trials.bring(folder, best), searched.tracked);
    }
  }
}
