package io.convoy.settings;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.regex.Pattern;

/** Where the values of a searched setting come from; a block such as {@code { int = [8, 64] }}. */
public sealed interface Distribution {
  String LOG_UNIFORM = "log-uniform";
  String UNIFORM = "uniform";
  String INT = "int";
  String CHOICE = "choice";

  /** The kinds that there are. */
  List<String> KINDS = List.of(LOG_UNIFORM, UNIFORM, INT, CHOICE);

  /**
   * The value below which a share of the values lies, as HOCON.
   *
   * @param share 0 to below 1
   */
  String value(double share);

  /** How its values go into a table. */
  Values values();

  /** Its block, without the braces. */
  String hocon();

  /** What values are. */
  enum Values {
    NUMBERS,
    WHOLE_NUMBERS,
    WORDS
  }

  /** Reads a block that has one of the kinds. */
  static Distribution read(Entry entry) {
    Section block = entry.section(entry.name() + ".");
    List<String> kinds = block.keys().stream().filter(KINDS::contains).toList();
    if (kinds.size() != 1) {
      throw entry.mustBe("one of " + String.join(", ", KINDS) + ", such as { int = [8, 64] }");
    }
    Entry values = block.entry(kinds.get(0));
    return switch (kinds.get(0)) {
      case LOG_UNIFORM ->
          new LogUniform(
              Ends.of(
                  values,
                  "two numbers above 0, the smaller first, as in [1e-5, 1e-2]",
                  n -> n > 0));
      case UNIFORM ->
          new Uniform(Ends.of(values, "two numbers, the smaller first, as in [0, 0.5]", n -> true));
      case INT -> Int.of(values);
      case CHOICE -> Choice.of(values);
      default -> throw new IllegalStateException(kinds.get(0));
    };
  }

  private static boolean isNumber(String text) {
    try {
      return Double.isFinite(Double.parseDouble(text));
    } catch (NumberFormatException word) {
      return false;
    }
  }

  /**
   * The ends of a range of numbers.
   *
   * @param low the smaller
   * @param high the larger
   */
  record Ends(double low, double high) {
    /** Enough to tell values apart, and few enough to write them down. */
    private static final MathContext DIGITS = new MathContext(4);

    private static Ends of(Entry entry, String requirement, DoublePredicate test) {
      List<Entry> ends = entry.list(requirement);
      if (ends.size() == 2
          && ends.stream().allMatch(end -> end.text().filter(Distribution::isNumber).isPresent())) {
        double low = ends.get(0).number(requirement, number -> true);
        double high = ends.get(1).number(requirement, number -> true);
        if (low < high && test.test(low)) {
          return new Ends(low, high);
        }
      }
      throw entry.mustBe(requirement);
    }

    private String within(double number) {
      double rounded = new BigDecimal(number).round(DIGITS).doubleValue();
      return Double.toString(Math.min(high, Math.max(low, rounded)));
    }

    private String hocon(String kind) {
      return "%s = [%s, %s]".formatted(kind, low, high);
    }
  }

  /** Numbers whose logarithms are uniform; both ends above 0. */
  record LogUniform(Ends ends) implements Distribution {
    @Override
    public String value(double share) {
      double from = Math.log(ends.low);
      return ends.within(Math.exp(from + share * (Math.log(ends.high) - from)));
    }

    @Override
    public Values values() {
      return Values.NUMBERS;
    }

    @Override
    public String hocon() {
      return ends.hocon(LOG_UNIFORM);
    }
  }

  /** Numbers of a range. */
  record Uniform(Ends ends) implements Distribution {
    @Override
    public String value(double share) {
      return ends.within(ends.low + share * (ends.high - ends.low));
    }

    @Override
    public Values values() {
      return Values.NUMBERS;
    }

    @Override
    public String hocon() {
      return ends.hocon(UNIFORM);
    }
  }

  /**
   * Whole numbers of a range, both ends in it.
   *
   * @param low the smaller end
   * @param high the larger end
   */
  record Int(int low, int high) implements Distribution {
    private static final String REQUIREMENT =
        "two whole numbers, the smaller first, as in [16, 128]";

    private static Distribution of(Entry entry) {
      List<Entry> ends = entry.list(REQUIREMENT);
      if (ends.size() == 2 && ends.stream().allMatch(end -> end.text().isPresent())) {
        int low = end(ends.get(0));
        int high = end(ends.get(1));
        if (low < high) {
          return new Int(low, high);
        }
      }
      throw entry.mustBe(REQUIREMENT);
    }

    private static int end(Entry entry) {
      return (int) entry.wholeNumber("a whole number", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public String value(double share) {
      return Long.toString(low + (long) (share * ((long) high - low + 1)));
    }

    @Override
    public Values values() {
      return Values.WHOLE_NUMBERS;
    }

    @Override
    public String hocon() {
      return "%s = [%d, %d]".formatted(INT, low, high);
    }
  }

  /**
   * One of some values.
   *
   * @param options as HOCON, one or more
   */
  record Choice(List<String> options) implements Distribution {
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

    /** Copies the list. */
    public Choice {
      options = List.copyOf(options);
    }

    private static Distribution of(Entry entry) {
      String requirement = "a list of one value or more, as in [32, 64]";
      List<ConfigValue> options = entry.list(requirement).stream().map(Entry::value).toList();
      if (options.isEmpty()) {
        throw entry.mustBe(requirement);
      }
      return new Choice(options.stream().map(Distribution::text).toList());
    }

    @Override
    public String value(double share) {
      return options.get((int) (share * options.size()));
    }

    @Override
    public Values values() {
      if (options.stream().allMatch(option -> WHOLE.matcher(option).matches())) {
        return Values.WHOLE_NUMBERS;
      }
      return options.stream().allMatch(Distribution::isNumber) ? Values.NUMBERS : Values.WORDS;
    }

    @Override
    public String hocon() {
      return CHOICE + " = " + options;
    }
  }

  /** A value as HOCON, in one line. */
  static String text(ConfigValue value) {
    // At its root the library leaves braces out.
    return value
        .atKey("v")
        .root()
        .render(ConfigRenderOptions.concise().setJson(false))
        .replaceFirst("^v=?", "");
  }
}
