package io.convoy.page;

import io.convoy.failure.Amount;
import io.convoy.page.RunPage.State;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All that the template shows.
 *
 * @param policy scripts that may run
 * @param echarts the charts' library
 * @param script that draws
 * @param data of the charts, safe in a script element
 * @param notes that must be read first
 * @param apart why runs are ranked apart; none where all can be compared
 * @param groups of runs that can be compared
 * @param binary whether all runs have two classes
 * @param comparing whether there are several architectures; of one alone nothing is compared
 * @param repeats the means over repeated trainings, of each run that has any
 * @param differences of the runs' settings; none where there are none
 * @param tried how many trials there were for a run; none where no run comes from a search
 * @param searched whether a run comes from a search
 * @param trials of each such run
 * @param options the architectures to choose from, the best first
 * @param splits the splits to choose from; none or several
 * @param curves the architectures with a learning curve
 */
record PageView(
    String title,
    String version,
    String styles,
    String policy,
    String echarts,
    String script,
    String data,
    List<String> notes,
    List<TableView> apart,
    List<GroupView> groups,
    boolean binary,
    boolean comparing,
    List<RepeatsView> repeats,
    List<TableView> differences,
    List<String> tried,
    boolean searched,
    List<TrialsView> trials,
    List<Option> options,
    List<Option> splits,
    List<Curve> curves,
    List<Confusion> confusions,
    List<GalleryView> galleries,
    List<KernelView> kernels,
    List<RunView> runs) {

  /**
   * Runs that can be compared, as the template shows them.
   *
   * @param heading the runs' names; none where all runs can be compared
   * @param verdict on their architectures
   * @param ranking of their architectures
   */
  record GroupView(int id, List<String> heading, VerdictView verdict, RankingView ranking) {}

  /** One thing to choose. */
  record Option(String value, String text) {}

  /** The learning curve of an architecture, as the template announces it. */
  record Curve(int series, String label, String style, String words) {}

  /** The kernels of an architecture, as the template shows them. */
  record KernelView(String label, String words, String image, String style) {}

  static PageView of(List<RunPage> runs, String version) {
    List<RunGroup> groups = RunGroup.of(runs);
    List<Series> all = Series.of(runs, groups);
    List<Ranking> rankings = groups.stream().map(group -> ranking(group, all)).toList();
    List<TrialsView> trials =
        runs.stream().flatMap(run -> TrialsView.of(run, runs.size()).stream()).toList();
    String echarts = Assets.echarts();
    String script = Assets.text("page.js");
    return new PageView(
        "Report: " + runs.stream().map(RunPage::name).collect(Collectors.joining(", ")),
        version,
        Assets.text("page.css"),
        Assets.hash(echarts) + " " + Assets.hash(script),
        echarts,
        script,
        ScriptJson.write(ChartData.of(all, rankings, groups, runs)),
        notes(runs),
        groups.size() == 1 ? List.of() : List.of(RunGroup.differences(groups)),
        groups.stream().map(group -> view(group, groups, rankings)).toList(),
        all.stream().allMatch(Series::isBinary),
        all.size() > 1,
        runs.stream().flatMap(run -> RepeatsView.of(run, runs.size()).stream()).toList(),
        SettingsDifference.of(runs).stream().toList(),
        runs.stream().flatMap(run -> TrialsView.note(run).stream()).toList(),
        !trials.isEmpty(),
        trials,
        options(
            rankings.stream()
                .flatMap(ranking -> ranking.ordered().stream())
                .filter(series -> !series.architecture().splits().isEmpty())
                .toList()),
        splits(all),
        all.stream()
            .filter(series -> !series.architecture().epochs().isEmpty())
            .map(PageView::curve)
            .toList(),
        all.stream().flatMap(series -> Confusion.of(series).stream()).toList(),
        all.stream().flatMap(series -> GalleryView.of(series).stream()).toList(),
        all.stream().flatMap(series -> kernels(series).stream()).toList(),
        IntStream.range(0, runs.size())
            .mapToObj(i -> RunView.of(runs.get(i), i, runs.size()))
            .toList());
  }

  private static Ranking ranking(RunGroup group, List<Series> all) {
    return new Ranking(all.stream().filter(series -> series.group() == group.id()).toList());
  }

  private static GroupView view(RunGroup group, List<RunGroup> groups, List<Ranking> rankings) {
    return new GroupView(
        group.id(),
        groups.size() == 1 ? List.of() : List.of(group.name()),
        VerdictView.of(rankings.get(group.id()).comparison()),
        rankings.get(group.id()).view());
  }

  private static List<Option> options(List<Series> series) {
    return series.stream().map(s -> new Option(String.valueOf(s.id()), s.label())).toList();
  }

  private static Curve curve(Series series) {
    String loss =
        series
            .architecture()
            .result()
            .map(
                r ->
                    "Loss: %s."
                        .formatted(
                            RecipeWords.loss(
                                r.architecture().loss(), series.run().classes().size())))
            .orElse("Not trained to its end yet.");
    return new Curve(series.id(), series.label(), series.style(), loss);
  }

  /** Validation first, as the ranking goes by it; a single one needs no choice. */
  private static List<Option> splits(List<Series> all) {
    List<String> keys =
        all.stream()
            .flatMap(series -> series.architecture().splits().stream())
            .map(ArchitecturePage.SplitCurves::split)
            .distinct()
            .sorted((a, b) -> b.compareTo(a))
            .toList();
    return keys.size() < 2 ? List.of() : keys.stream().map(key -> new Option(key, key)).toList();
  }

  private static List<KernelView> kernels(Series series) {
    return series.architecture().kernels().stream()
        .map(
            mosaic ->
                new KernelView(
                    series.label(),
                    "%s of %d \u00d7 %d"
                        .formatted(
                            Amount.of(mosaic.kernels(), "kernel"), mosaic.height(), mosaic.width()),
                    "data:image/png;base64," + Base64.getEncoder().encodeToString(mosaic.png()),
                    series.style()))
        .toList();
  }

  private static List<String> notes(List<RunPage> runs) {
    return runs.stream()
        .filter(run -> run.state() == State.UNFINISHED)
        .map(
            run ->
                "%s is not finished: this page shows what was there when it was written."
                    .formatted(run.name()))
        .toList();
  }
}
