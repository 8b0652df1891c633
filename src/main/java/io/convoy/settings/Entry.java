package io.convoy.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.convoy.failure.UserException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;

/**
 * A value of the conf and its name for messages, read as one type or another.
 *
 * <p>Numbers are read from their text: the library's own {@code getInt} silently cuts 94.5 to 94.
 *
 * @param name the full key, such as {@code images.height}
 */
public record Entry(String name, ConfigValue value) {
  private static final int SHOWN = 40;

  /** A number of more letters is none that a setting can have, and slow to read. */
  private static final int LONGEST_NUMBER = 100;

  /** A value that does not do: says what it is, where, and what it must be. */
  public UserException mustBe(String requirement) {
    return new UserException(
        "%s%s is %s: it must be %s.", Place.of(value.origin()), name, shown(), requirement);
  }

  /** A value out of the environment may be a secret. */
  private String shown() {
    List<String> variables = Variables.in(value);
    if (!variables.isEmpty()) {
      return "the value of " + String.join(", ", variables) + ", which is not shown";
    }
    String whole = value.render(ConfigRenderOptions.concise());
    return whole.length() <= SHOWN ? whole : whole.substring(0, SHOWN - 3) + "...";
  }

  /** A whole number of the range, both ends in it. */
  public int integer(int min, int max) {
    boolean tooLarge =
        decimal().filter(number -> number.compareTo(BigDecimal.valueOf(max)) > 0).isPresent();
    String requirement =
        max == Integer.MAX_VALUE && !tooLarge
            ? "a whole number of at least " + min
            : "a whole number from " + min + " to " + max;
    return (int) wholeNumber(requirement, min, max);
  }

  int integer(int min) {
    return integer(min, Integer.MAX_VALUE);
  }

  long wholeNumber(String requirement, long min, long max) {
    try {
      long number = decimal().orElseThrow(() -> mustBe(requirement)).longValueExact();
      if (number >= min && number <= max) {
        return number;
      }
    } catch (ArithmeticException fractionOrTooLarge) {
      throw mustBe(requirement);
    }
    throw mustBe(requirement);
  }

  /** A finite number that passes the test. */
  double number(String requirement, DoublePredicate test) {
    return decimal()
        .map(number -> number.doubleValue() + 0.0)
        .filter(number -> Double.isFinite(number) && test.test(number))
        .orElseThrow(() -> mustBe(requirement));
  }

  double positive() {
    return number("a number above 0", number -> number > 0);
  }

  private Optional<BigDecimal> decimal() {
    try {
      return text().filter(number -> number.length() <= LONGEST_NUMBER).map(BigDecimal::new);
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  /** A size in bytes, also with HOCON's units, such as 64 MiB. */
  long bytes() {
    String requirement = "a size of at least 1 byte, such as 67108864 or 64 MiB";
    try {
      long bytes = value.atKey("size").getBytes("size");
      if (bytes >= 1) {
        return bytes;
      }
    } catch (ConfigException notASize) {
      throw mustBe(requirement);
    }
    throw mustBe(requirement);
  }

  boolean truth() {
    try {
      return value.atKey("truth").getBoolean("truth");
    } catch (ConfigException notBoolean) {
      throw mustBe("true or false");
    }
  }

  /** The text of a scalar as it was written; empty for null, lists and objects. */
  public Optional<String> text() {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> Optional.of(value.atKey("text").getString("text"));
      case NULL, LIST, OBJECT -> Optional.empty();
    };
  }

  /** One of an enum's constants, written {@code like-this}. */
  <E extends Enum<E>> E word(Class<E> type) {
    return constant(type)
        .orElseThrow(() -> oneOf(Stream.of(type.getEnumConstants()).map(Entry::word)));
  }

  /** One of an enum's constants, or another word, for which it is empty. */
  <E extends Enum<E>> Optional<E> wordOr(String other, Class<E> type) {
    Optional<E> constant = constant(type);
    if (constant.isEmpty() && text().filter(other::equals).isEmpty()) {
      throw oneOf(
          Stream.concat(Stream.of(type.getEnumConstants()).map(Entry::word), Stream.of(other)));
    }
    return constant;
  }

  private <E extends Enum<E>> Optional<E> constant(Class<E> type) {
    String written = text().orElse("");
    return Stream.of(type.getEnumConstants())
        .filter(constant -> word(constant).equals(written))
        .findFirst();
  }

  /** A word that is not among the known ones: says which was meant. */
  public UserException oneOf(Stream<String> words) {
    List<String> known = words.toList();
    String question =
        text()
            .filter(written -> Variables.in(value).isEmpty())
            .map(written -> Spelling.question(written, known))
            .orElse("");
    return new UserException(
        "%s%s is %s: %sit must be one of %s.",
        Place.of(value.origin()), name, shown(), question, String.join(", ", known));
  }

  /** How a constant is written in the conf. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The members of a list, each named with its position from 1. */
  List<Entry> list(String requirement) {
    if (!(value instanceof ConfigList members)) {
      throw mustBe(requirement);
    }
    List<Entry> entries = new ArrayList<>();
    for (ConfigValue member : members) {
      entries.add(new Entry(name + " [" + (entries.size() + 1) + "]", member));
    }
    return entries;
  }

  /** The object's entries. */
  Section section(String prefix) {
    if (!(value instanceof ConfigObject object)) {
      boolean isNone = text().filter("none"::equals).isPresent();
      throw mustBe("an object, in braces" + (isNone ? "; null leaves it out" : ""));
    }
    return new Section(name, prefix, object);
  }
}
