package io.convoy.labels;

import io.convoy.failure.Amount;
import io.convoy.failure.Printable;
import io.convoy.failure.UserException;
import io.convoy.settings.ClassNames;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The classes of the labels in a table: in the order of their text, or, where all are whole
 * numbers, of these. Labels that differ by capitals alone are one class, called as the first of
 * them.
 */
public final class TableClasses {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");
  private static final Comparator<String> BY_NUMBER =
      Comparator.<String>comparingLong(Long::parseLong).thenComparing(Comparator.naturalOrder());

  private final List<String> names;
  private final Map<String, Integer> labels = new HashMap<>();

  private TableClasses(List<String> names) {
    this.names = List.copyOf(names);
    for (int label = 0; label < names.size(); label++) {
      labels.put(ClassNames.comparable(names.get(label)), label);
    }
  }

  /**
   * Takes all labels for classes.
   *
   * @param table where they are from, for messages
   * @param labels of the photos, none of them empty
   * @throws UserException if they are fewer than two or more than {@value ClassNames#MOST}, or one
   *     cannot be the name of a class
   */
  public static TableClasses among(String table, Collection<String> labels) {
    Map<String, String> names = new TreeMap<>();
    new TreeSet<>(labels).forEach(label -> names.putIfAbsent(ClassNames.comparable(label), label));
    boolean numbers =
        names.values().stream().allMatch(name -> WHOLE_NUMBER.matcher(name).matches());
    List<String> sorted =
        names.values().stream().sorted(numbers ? BY_NUMBER : Comparator.naturalOrder()).toList();
    requireFit(table, sorted);
    return new TableClasses(sorted);
  }

  /** Takes these classes, of whose labels each photo has one. */
  public static TableClasses of(List<String> names) {
    return new TableClasses(names);
  }

  private static void requireFit(String table, List<String> names) {
    if (names.isEmpty()) {
      throw new UserException(
          "%s has no label for any of its photos: say which column has the labels, as in --set"
              + " labels.label=breed.",
          table);
    }
    if (names.size() < 2) {
      throw new UserException(
          "%s labels all its photos %s; two classes are needed. Add photos of another, or say which"
              + " column has the labels, as in --set labels.label=breed.",
          table, Printable.of(Amount.ofNames(names)));
    }
    if (names.size() > ClassNames.MOST) {
      throw new UserException(
          "%s has %,d different labels (%s), and at most %,d can be learned: check which column has the"
              + " labels (--set labels.label=...), or name the classes in images.classes and the rows"
              + " of these alone in the file.",
          table, names.size(), Printable.of(Amount.ofNames(names)), ClassNames.MOST);
    }
    names.stream()
        .filter(name -> !ClassNames.isFit(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new UserException(
                  "%s has a label that cannot be the name of a class: %s. Use what a folder may be"
                      + " called: no slash, and no more than 255 characters.",
                  table, Printable.of(name));
            });
  }

  /** The names, in the order of their labels. */
  public List<String> names() {
    return names;
  }

  /** The index of the class that a label names; empty if it names none. */
  public OptionalInt of(String label) {
    Integer index = labels.get(ClassNames.comparable(label));
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** Whether two labels are the same class. */
  public static boolean areOne(String label, String other) {
    return ClassNames.comparable(label).equals(ClassNames.comparable(other));
  }
}
