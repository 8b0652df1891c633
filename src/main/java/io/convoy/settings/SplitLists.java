package io.convoy.settings;

import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueType;
import io.convoy.failure.UserException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The images of each split by their names. */
public record SplitLists(Names train, Names validation, Names test) {
  /** No image has a name here. */
  static final SplitLists NONE = new SplitLists(Names.NONE, Names.NONE, Names.NONE);

  /** A range of more names is a slip of the keys. */
  private static final long MOST = 1_000_000;

  private static final String RANGE = "..";

  /** The last number of a name, with what is before and after it. */
  private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,18})(\\D*)");

  private static final String REQUIREMENT =
      "a list of names, such as [\"cat.0..cat.999\", dogs/rex], or the path of a text file with a name a"
          + " line";

  /**
   * Names of images: paths below the images folder, or the names of files alone, with or without
   * their extension.
   *
   * @param file the text file that has them, a name a line; empty where they are here
   * @param entries names, and ranges such as {@code cat.0..cat.999}, both ends in it
   */
  public record Names(Optional<String> file, List<String> entries) {
    private static final Names NONE = new Names(Optional.empty(), List.of());

    private static Names read(Entry entry) {
      if (entry.value().valueType() == ConfigValueType.STRING) {
        return new Names(
            entry.text().filter(path -> !path.isBlank()).or(() -> fail(entry)), List.of());
      }
      List<String> entries =
          entry.list(REQUIREMENT).stream()
              .map(member -> member.text().filter(t -> !t.isBlank()).or(() -> fail(entry)).get())
              .toList();
      for (Entry member : entry.list(REQUIREMENT)) {
        if (expand(member.text().orElse("")).isEmpty()) {
          throw member.mustBe(
              "a name, or a range of at most %,d that counts up between names alike, such as"
                      .formatted(MOST)
                  + " cat.0..cat.999");
        }
      }
      return new Names(Optional.empty(), entries);
    }

    private static Optional<String> fail(Entry entry) {
      throw entry.mustBe(REQUIREMENT);
    }

    /** All names that are written here, one by one. */
    public Stream<String> expanded() {
      return entries.stream().flatMap(entry -> expand(entry).orElseThrow());
    }

    private String hocon() {
      return file.map(ConfigUtil::quoteString)
          .orElseGet(
              () ->
                  entries.stream()
                      .map(ConfigUtil::quoteString)
                      .collect(Collectors.joining(", ", "[", "]")));
    }

    private boolean isEmpty() {
      return file.isEmpty() && entries.isEmpty();
    }
  }

  /** The names of an entry; empty where it is a range that cannot be. */
  private static Optional<Stream<String>> expand(String entry) {
    int middle = entry.indexOf(RANGE);
    if (middle < 0) {
      return Optional.of(Stream.of(entry));
    }
    Matcher first = NUMBERED.matcher(entry.substring(0, middle));
    Matcher last = NUMBERED.matcher(entry.substring(middle + RANGE.length()));
    if (!first.matches()
        || !last.matches()
        || !first.group(1).equals(last.group(1))
        || !first.group(3).equals(last.group(3))) {
      return Optional.empty();
    }
    long from = Long.parseLong(first.group(2));
    long to = Long.parseLong(last.group(2));
    // Leading zeros: 0001..0999 are all of four digits.
    int digits = first.group(2).startsWith("0") ? first.group(2).length() : 1;
    return from > to || to - from >= MOST
        ? Optional.empty()
        : Optional.of(
            LongStream.rangeClosed(from, to)
                .mapToObj(n -> first.group(1) + padded(n, digits) + first.group(3)));
  }

  private static String padded(long number, int digits) {
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, digits - text.length())) + text;
  }

  static SplitLists read(Section lists) {
    return new SplitLists(
        Names.read(lists.entry("train")),
        Names.read(lists.entry("validation")),
        Names.read(lists.entry("test")));
  }

  /** These, which have names for training. */
  SplitLists required(Entry by) {
    if (train.isEmpty()) {
      throw new UserException(
          "%s%s is lists, and split.lists.train is empty: it must be %s.",
          Place.of(by.value().origin()), by.name(), REQUIREMENT);
    }
    return this;
  }

  String hocon() {
    return """
          lists {
            train = %s
            validation = %s
            test = %s
          }
        """
        .formatted(train.hocon(), validation.hocon(), test.hocon());
  }
}
