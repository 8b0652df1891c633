package io.convoy.labels;

import io.convoy.failure.Amount;
import io.convoy.failure.Printable;
import io.convoy.settings.ClassNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The photos of a folder by what should name their class: their folder, or the beginning of their
 * names.
 *
 * @param classes in the order of their labels
 * @param groups the largest first
 */
public record LabelGroups(List<String> classes, List<Group> groups) {
  private static final int SHOWN = 10;
  private static final String FIND_CLASSES = "--set images.classes=auto";

  /**
   * Photos whose label comes from the same place.
   *
   * @param place a folder, as in {@code birds/}, or the beginning of names, as in {@code IMG*}
   * @param className of the photos; empty where they have no label
   * @param fault why they have none; empty where they have one
   * @param images how many they are
   */
  public record Group(String place, Optional<String> className, String fault, long images) {

    private Group of(long number) {
      return new Group(place, className, fault, number);
    }

    private String photos() {
      return Printable.of(place) + " (" + Amount.of(images, "photo");
    }

    private String line() {
      return photos() + "): " + Printable.of(fault);
    }

    private String seen() {
      return photos() + className.map(name -> ", labelled " + name).orElse("") + ")";
    }

    /** What the class would be called; nothing where the place has no name. */
    private Stream<String> candidate() {
      String name = place.substring(0, place.length() - 1);
      String last = name.substring(name.lastIndexOf('/') + 1);
      return last.equals(".") ? Stream.empty() : Stream.of(last.substring(last.indexOf('=') + 1));
    }
  }

  /** Counts the photos of each group. */
  public static final class Counter {
    private final Labeler labeler;
    private final Map<Group, Long> images = new TreeMap<>(BY_NAME);

    private static final Comparator<Group> BY_NAME =
        Comparator.comparing(Group::place)
            .thenComparing(Group::fault)
            .thenComparing(group -> group.className().orElse(""));

    /**
     * @param labeler gives the photos their labels
     */
    public Counter(Labeler labeler) {
      this.labeler = labeler;
    }

    /** Counts a photo, by its path below the images folder, and its label if it has one. */
    public void add(String path, OptionalInt label) {
      Optional<String> name =
          label.isPresent()
              ? Optional.of(labeler.classes().get(label.getAsInt()))
              : Optional.empty();
      String fault =
          name.isPresent()
              ? ""
              : labeler
                  .twoLabels(path)
                  .orElse("not among the classes [" + Amount.ofNames(labeler.classes()) + "]");
      images.merge(new Group(labeler.group(path), name, fault, 0), 1L, Long::sum);
    }

    /** The groups so far. */
    public LabelGroups counted() {
      return new LabelGroups(
          labeler.classes(),
          images.entrySet().stream()
              .map(each -> each.getKey().of(each.getValue()))
              .sorted(Comparator.comparingLong(Group::images).reversed())
              .toList());
    }
  }

  /** One line for each group without a label, and one for how many more there are. */
  public List<String> faults() {
    return shown(unlabelled().map(Group::line).toList());
  }

  private Stream<Group> unlabelled() {
    return groups.stream().filter(group -> group.className.isEmpty());
  }

  /** All groups with their numbers, in one line. */
  public String seen() {
    return String.join(", ", shown(groups.stream().map(Group::seen).toList()));
  }

  private static List<String> shown(List<String> all) {
    List<String> shown = new ArrayList<>(all.subList(0, Math.min(SHOWN, all.size())));
    if (all.size() > SHOWN) {
      shown.add(String.format(Locale.ROOT, "and %,d others", all.size() - SHOWN));
    }
    return shown;
  }

  /**
   * The option that makes classes of what was seen: of few names all of them, with those that are
   * classes already, of many the one that finds them; empty unless there are two or more.
   */
  public Optional<String> option() {
    List<String> used =
        classes.stream()
            .filter(name -> groups.stream().anyMatch(g -> g.className.equals(Optional.of(name))))
            .toList();
    List<String> names =
        Stream.concat(
                used.stream(),
                unlabelled()
                    .flatMap(Group::candidate)
                    .collect(Collectors.toCollection(TreeSet::new))
                    .stream())
            .toList();
    if (used.size() == classes.size() || names.size() < 2) {
      return Optional.empty();
    }
    return Optional.of(names.size() > SHOWN ? FIND_CLASSES : ClassNames.option(names));
  }
}
