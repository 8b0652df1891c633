package io.convoy.page;

import io.convoy.compare.Candidate;
import io.convoy.evaluate.Predictions;
import io.convoy.page.RunPage.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One architecture of one run, as everything on the page shows it: an architecture has one colour
 * and symbol in all runs, a run one line style for all architectures.
 *
 * @param id its place in the list of all
 * @param group of runs that can be compared
 * @param label its name, with the run's where there are several runs
 * @param colour of the architecture, from 0, without end
 * @param stroke of the run, from 0, without end
 * @param run that trained it
 * @param architecture that was trained
 * @param runName the run's, where there are several
 */
record Series(
    int id,
    int group,
    String label,
    int colour,
    int stroke,
    RunPage run,
    ArchitecturePage architecture,
    List<String> runName) {
  static final int COLOURS = 8;

  /** All of the runs. */
  static List<Series> of(List<RunPage> runs, List<RunGroup> groups) {
    List<String> names =
        runs.stream()
            .flatMap(run -> run.architectures().stream())
            .map(ArchitecturePage::name)
            .distinct()
            .toList();
    List<Series> all = new ArrayList<>();
    for (int stroke = 0; stroke < runs.size(); stroke++) {
      RunPage run = runs.get(stroke);
      int group =
          groups.stream().filter(some -> some.runs().contains(run)).findFirst().orElseThrow().id();
      for (ArchitecturePage architecture : run.architectures()) {
        String name = architecture.name();
        String label = runs.size() == 1 ? name : run.name() + " / " + name;
        all.add(
            new Series(
                all.size(),
                group,
                label,
                names.indexOf(name),
                stroke,
                run,
                architecture,
                runs.size() == 1 ? List.of() : List.of(run.name())));
      }
    }
    return all;
  }

  /** What is compared with others; none without a result. */
  Optional<Candidate> candidate() {
    return architecture
        .result()
        .map(
            result -> new Candidate(label, result, predictions("validation"), predictions("test")));
  }

  private Predictions predictions(String split) {
    return architecture.predictions().getOrDefault(split, Predictions.none(run.classes().size()));
  }

  /** The style class of the colour. */
  String style() {
    return "c" + colour % COLOURS;
  }

  boolean isStillTraining() {
    return architecture.result().isEmpty() && run.state() == State.UNFINISHED;
  }

  boolean isBinary() {
    return run.classes().size() == 2;
  }

  /** The name of the class with a label. */
  String nameOf(int label) {
    return run.classes().get(label);
  }

  String negativeClass() {
    return run.classes().get(0);
  }

  String positiveClass() {
    return run.classes().get(1);
  }
}
