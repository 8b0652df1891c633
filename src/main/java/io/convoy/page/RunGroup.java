package io.convoy.page;

import io.convoy.failure.Amount;
import io.convoy.page.RunPage.Data;
import io.convoy.page.RunPage.HeldOut;
import io.convoy.page.TableView.Cell;
import io.convoy.page.TableView.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs whose figures can be compared: of the same classes, trained on as many photos and measured
 * on the same ones.
 *
 * @param id its place among the groups
 * @param runs one or more
 */
public record RunGroup(int id, List<RunPage> runs) {

  /**
   * What may differ between two groups, as the page says it.
   *
   * @param value of a run, beside the run of the first group
   */
  private record Property(String name, BiFunction<RunPage, RunPage, String> value) {}

  private static final List<Property> PROPERTIES =
      List.of(
          new Property("Classes", (run, first) -> Amount.ofNames(run.classes())),
          new Property(
              "Folder of the photos", (run, first) -> run.data().images().orElse("not known")),
          new Property("Photos to train", (run, first) -> count(run.data().trainImages())),
          new Property("Validation photos", (run, first) -> heldOut("validation", run, first)),
          new Property("Test photos", (run, first) -> heldOut("test", run, first)));

  /** All runs in groups, in the order of their first runs. */
  public static List<RunGroup> of(List<RunPage> runs) {
    List<List<RunPage>> groups = new ArrayList<>();
    for (RunPage run : runs) {
      Optional<List<RunPage>> group =
          groups.stream().filter(some -> areComparable(some.get(0), run)).findFirst();
      if (group.isPresent()) {
        group.get().add(run);
      } else {
        groups.add(new ArrayList<>(List.of(run)));
      }
    }
    List<RunGroup> numbered = new ArrayList<>();
    groups.forEach(group -> numbered.add(new RunGroup(numbered.size(), List.copyOf(group))));
    return numbered;
  }

  private static boolean areComparable(RunPage one, RunPage other) {
    Data a = one.data();
    Data b = other.data();
    boolean samePhotos =
        equalIfKnown(a.images(), b.images()) || equalIfKnown(a.contentHash(), b.contentHash());
    boolean sameSplits =
        equalIfKnown(known(a), known(b))
            && (a.trainImages() == b.trainImages() || a.trainImages() * b.trainImages() == 0);
    return one.classes().equals(other.classes()) && samePhotos && sameSplits;
  }

  private static Optional<Map<String, HeldOut>> known(Data data) {
    return data.heldOut().isEmpty() ? Optional.empty() : Optional.of(data.heldOut());
  }

  private static <T> boolean equalIfKnown(Optional<T> one, Optional<T> other) {
    return one.isEmpty() || other.isEmpty() || one.equals(other);
  }

  /** The names of its runs. */
  public String name() {
    return runs.stream().map(RunPage::name).collect(Collectors.joining(", "));
  }

  /** What differs between the groups: a row a property, a column a group. */
  static TableView differences(List<RunGroup> groups) {
    List<Cell> headings =
        Stream.concat(
                Stream.of(Cell.words("")), groups.stream().map(group -> Cell.words(group.name())))
            .toList();
    List<Row> rows = new ArrayList<>();
    values(groups)
        .forEach(
            (name, values) ->
                rows.add(
                    new Row(
                        Stream.concat(Stream.of(name), values.stream())
                            .map(Cell::words)
                            .toList())));
    return new TableView("differences", headings, rows);
  }

  /** The same for a terminal: a line a property, the groups' values in their order. */
  public static List<String> differencesInWords(List<RunGroup> groups) {
    List<String> lines = new ArrayList<>();
    values(groups).forEach((name, values) -> lines.add(name + ": " + String.join(" | ", values)));
    return lines;
  }

  /** The properties that differ, each with its value in each group. */
  private static Map<String, List<String>> values(List<RunGroup> groups) {
    Map<String, List<String>> differing = new LinkedHashMap<>();
    for (Property property : PROPERTIES) {
      List<String> values =
          groups.stream()
              .map(group -> property.value.apply(group.runs.get(0), groups.get(0).runs.get(0)))
              .toList();
      if (values.stream().distinct().count() > 1) {
        differing.put(property.name, values);
      }
    }
    return differing;
  }

  private static String count(long images) {
    return images == 0 ? "not known" : Figures.whole(images);
  }

  private static String heldOut(String split, RunPage run, RunPage first) {
    Optional<HeldOut> photos = Optional.ofNullable(run.data().heldOut().get(split));
    Optional<HeldOut> others = Optional.ofNullable(first.data().heldOut().get(split));
    String count = photos.map(HeldOut::images).map(Figures::whole).orElse("none");
    boolean looksAlike =
        photos.map(HeldOut::images).equals(others.map(HeldOut::images)) && !photos.equals(others);
    return looksAlike ? count + " other ones" : count;
  }
}
