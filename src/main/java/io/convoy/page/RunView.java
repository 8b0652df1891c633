package io.convoy.page;

import io.convoy.page.RunPage.Origin.Fact;
import io.convoy.page.RunPage.Survey;
import io.convoy.page.TableView.Cell;
import io.convoy.page.TableView.Row;
import io.convoy.report.SavedTables.RejectedFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the template shows of one run by itself.
 *
 * @param id its place among the runs
 * @param heading its name where there are several runs
 * @param survey of its photos; none where the data set is gone
 * @param missing why there is none
 * @param rejected how many files were, in words
 * @param rejectedFiles the first of them; none where none was
 */
record RunView(
    int id,
    List<String> heading,
    String place,
    List<SurveyView> survey,
    String missing,
    String rejected,
    List<TableView> rejectedFiles,
    List<Fact> facts,
    List<String> command,
    String conf,
    List<String> provenance) {
  private static final int SHOWN_SHAPES = 8;
  private static final int COLUMNS = 6;

  /** The data set: in words, its splits and its most common shapes. */
  record SurveyView(String words, TableView splits, TableView shapes) {}

  static RunView of(RunPage run, int id, int runs) {
    return new RunView(
        id,
        runs == 1 ? List.of() : List.of(run.name()),
        run.place(),
        run.photos().survey().stream().map(survey -> survey(survey, run.classes())).toList(),
        run.photos().missing(),
        rejected(run.rejected()),
        run.rejected().first().isEmpty() ? List.of() : List.of(files(run.rejected())),
        run.origin().facts(),
        run.origin().command().stream().toList(),
        run.origin().conf(),
        run.origin().provenance().stream().toList());
  }

  private static SurveyView survey(Survey survey, List<String> classes) {
    long photos =
        survey.splits().stream()
            .flatMap(split -> split.perClass().stream())
            .mapToLong(n -> n)
            .sum();
    String common =
        survey.shapes().stream()
            .findFirst()
            .map(
                count ->
                    "; the most common is %d \u00d7 %d (%s)"
                        .formatted(
                            count.shape().height(),
                            count.shape().width(),
                            Figures.percent((double) count.photos() / photos)))
            .orElse("");
    String words =
        "%s photos of %s sizes (height \u00d7 width in pixels)%s. All are resized to %d \u00d7 %d for the networks."
            .formatted(
                Figures.whole(photos),
                Figures.whole(survey.distinct()),
                common,
                survey.input().height(),
                survey.input().width());
    return new SurveyView(words, splits(survey, classes), shapes(survey, photos));
  }

  /** A row a split, or a row a class where there are too many for columns. */
  private static TableView splits(Survey survey, List<String> classes) {
    return classes.size() > COLUMNS ? byClass(survey, classes) : bySplit(survey, classes);
  }

  private static TableView byClass(Survey survey, List<String> classes) {
    List<Cell> headings = new ArrayList<>(List.of(Cell.words("Class")));
    List<Cell> all = new ArrayList<>(List.of(Cell.words("All")));
    for (Survey.SplitSize split : survey.splits()) {
      headings.add(Cell.number(split.split()));
      all.add(
          Cell.number(Figures.whole(split.perClass().stream().mapToLong(count -> count).sum())));
    }
    List<Row> rows = new ArrayList<>(List.of(new Row(all)));
    for (int label = 0; label < classes.size(); label++) {
      List<Cell> cells = new ArrayList<>(List.of(Cell.words(classes.get(label))));
      for (Survey.SplitSize split : survey.splits()) {
        cells.add(Cell.number(Figures.whole(split.perClass().get(label))));
      }
      rows.add(new Row(cells));
    }
    return new TableView("long", headings, rows);
  }

  private static TableView bySplit(Survey survey, List<String> classes) {
    List<Cell> headings = new ArrayList<>(List.of(Cell.words("Split")));
    classes.forEach(name -> headings.add(Cell.number(name)));
    headings.add(Cell.number("All"));
    List<Row> rows =
        survey.splits().stream()
            .map(
                split -> {
                  List<Cell> cells = new ArrayList<>(List.of(Cell.words(split.split())));
                  split.perClass().forEach(count -> cells.add(Cell.number(Figures.whole(count))));
                  long all = split.perClass().stream().mapToLong(n -> n).sum();
                  cells.add(Cell.number(Figures.whole(all)));
                  return new Row(cells);
                })
            .toList();
    return new TableView("", headings, rows);
  }

  private static TableView shapes(Survey survey, long photos) {
    return new TableView(
        "",
        List.of(
            Cell.number("Height"),
            Cell.number("Width"),
            Cell.number("Photos"),
            Cell.number("Share")),
        survey.shapes().stream()
            .limit(SHOWN_SHAPES)
            .map(
                count ->
                    Row.of(
                        Cell.number(String.valueOf(count.shape().height())),
                        Cell.number(String.valueOf(count.shape().width())),
                        Cell.number(Figures.whole(count.photos())),
                        Cell.number(Figures.percent((double) count.photos() / photos))))
            .toList());
  }

  private static String rejected(RejectedFiles rejected) {
    if (rejected.count() == 0) {
      return "None: every file could be used.";
    }
    String shown =
        rejected.first().size() < rejected.count()
            ? "; the first %d are shown, all are in tables/rejected.csv"
                .formatted(rejected.first().size())
            : "";
    return "%s of the files could not be used%s.".formatted(Figures.whole(rejected.count()), shown);
  }

  private static TableView files(RejectedFiles rejected) {
    return new TableView(
        "files",
        List.of(Cell.words("File"), Cell.words("Why"), Cell.words("What was found")),
        rejected.first().stream()
            .map(
                file ->
                    Row.of(
                        Cell.words(text(file.path())).with("path"),
                        Cell.words(text(file.reason())),
                        Cell.words(text(file.found()))))
            .collect(Collectors.toList()));
  }

  private static String text(String cell) {
    return cell == null ? "" : cell;
  }
}
