package io.convoy.settings;

import com.typesafe.config.ConfigUtil;
import java.util.List;
import java.util.Locale;

/**
 * What the columns of a label file are called; capitals do not count.
 *
 * @param path of the photos' paths
 * @param label of their labels
 * @param split of the splits that they come with; a file may be without it
 * @param group of the groups that they belong to; a file may be without it
 */
public record LabelColumns(String path, String label, String split, String group) {
  /** As in the defaults. */
  public static final LabelColumns USUAL = new LabelColumns("path", "label", "split", "group");

  static LabelColumns read(Section labels) {
    LabelColumns columns =
        new LabelColumns(
            name(labels, "path"),
            name(labels, "label"),
            name(labels, "split"),
            name(labels, "group"));
    List<String> names = List.of(columns.path, columns.label, columns.split, columns.group);
    for (String key : List.of("label", "split", "group")) {
      Entry entry = labels.entry(key);
      String name = name(labels, key).toLowerCase(Locale.ROOT);
      if (names.stream().filter(other -> other.toLowerCase(Locale.ROOT).equals(name)).count() > 1) {
        throw entry.mustBe("the name of a column that no other of the four is");
      }
    }
    return columns;
  }

  private static String name(Section labels, String key) {
    Entry entry = labels.entry(key);
    return entry
        .text()
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .orElseThrow(() -> entry.mustBe("the name of a column of the label file"));
  }

  /** Its block; empty for the usual names. */
  String hocon() {
    return equals(USUAL) ? "" : "labels " + text() + "\n";
  }

  /** Its block in braces. */
  String text() {
    return """
        {
          path = %s
          label = %s
          split = %s
          group = %s
        }"""
        .formatted(
            ConfigUtil.quoteString(path),
            ConfigUtil.quoteString(label),
            ConfigUtil.quoteString(split),
            ConfigUtil.quoteString(group));
  }
}
