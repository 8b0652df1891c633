package io.convoy.cli;

import io.convoy.failure.UserException;
import io.convoy.settings.Precision;
import io.convoy.settings.Spelling;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import scala.Option;
import scala.collection.JavaConverters;
import scala.runtime.BoxedUnit;
import scala.util.Either;
import scopt.OptionDef;
import scopt.OptionParser;
import scopt.Read;
import scopt.Read$;

/** One command's options in scopt, without its habit of ending the virtual machine. */
public final class CommandParser extends OptionParser<Arguments> {
  private static final Read$ READ = Read$.MODULE$;

  private static final String REQUIRED = "(required) ";

  private static final String UNKNOWN = "Unknown option ";

  private final String program;
  private final String command;
  private final String example;
  private final PrintStream out;
  private final List<String> names = new ArrayList<>(List.of("--help"));
  private final List<String> mistakes = new ArrayList<>();
  private boolean asked;

  /**
   * @param program what the user typed before the command
   * @param command its name
   * @param description what it does
   * @param example of its options
   * @param out for the help text
   */
  CommandParser(
      String program, String command, String description, String example, PrintStream out) {
    super(program + " " + command);
    this.program = program;
    this.command = command;
    this.example = example;
    this.out = out;
    head(JavaConverters.asScalaBuffer(List.of(program + " " + command + ": " + description)));
    help("help").abbr("h").text("prints this");
  }

  /** Adds an option that takes a word. */
  OptionDef<String, Arguments> word(String name, String value, String text) {
    return option(name, value, text, READ.stringRead(), given -> given);
  }

  /** Adds an option that takes a word and must be given. */
  void required(String name, String value, String text) {
    word(name, value, REQUIRED + text).required();
  }

  /** Adds an option that takes an integer of at least {@code least} and must be given. */
  void requiredInteger(String name, int least, String text) {
    integer(name, least, REQUIRED + text).required();
  }

  /** Adds an option that takes an integer of at least {@code least}. */
  OptionDef<Integer, Arguments> integer(String name, int least, String text) {
    return integer(name, least, Integer.MAX_VALUE, text);
  }

  /** Adds an option that takes an integer of {@code least} to {@code most}. */
  OptionDef<Integer, Arguments> integer(String name, int least, int most, String text) {
    Read<Integer> read = READ.reads(word -> (int) wholeNumber(word, least, most));
    return option(name, "N", text, read, given -> given);
  }

  /** Adds an option that takes integers of at least {@code least}, with commas between. */
  OptionDef<int[], Arguments> integers(String name, int least, String text) {
    Read<int[]> read =
        READ.reads(
            words ->
                Arrays.stream(words.split(",", -1))
                    .mapToInt(word -> (int) wholeNumber(word.strip(), least, Integer.MAX_VALUE))
                    .toArray());
    return option(name, "N,N", text, read, given -> given);
  }

  /** Adds an option that takes a 64-bit integer. */
  OptionDef<Long, Arguments> longInteger(String name, String text) {
    Read<Long> read = READ.reads(word -> wholeNumber(word, Long.MIN_VALUE, Long.MAX_VALUE));
    return option(name, "N", text, read, given -> given);
  }

  private static long wholeNumber(String word, long least, long most) {
    try {
      long number = Long.parseLong(word);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, with what would be right.
    }
    throw new IllegalArgumentException(
        String.format(Locale.ROOT, "It must be a whole number from %d to %d", least, most));
  }

  /** Adds an option that takes a number above 0. */
  OptionDef<Double, Arguments> positive(String name, String value, String text) {
    return option(name, value, text, READ.reads(CommandParser::positiveNumber), given -> given);
  }

  private static double positiveNumber(String word) {
    try {
      double number = Double.parseDouble(word);
      if (number > 0 && Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, with what would be right.
    }
    throw new IllegalArgumentException("It must be a number above 0");
  }

  /** Adds an option that takes a number from 0 to 1. */
  OptionDef<Double, Arguments> share(String name, String value, String text) {
    return option(name, value, text, READ.reads(CommandParser::shareOfOne), given -> given);
  }

  private static double shareOfOne(String word) {
    try {
      double number = Double.parseDouble(word);
      if (number >= 0 && number <= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, with what would be right.
    }
    throw new IllegalArgumentException("It must be a number from 0 to 1");
  }

  /** Adds the precision of a network's passes, as the settings have it. */
  OptionDef<String, Arguments> precision(String text) {
    Read<String> read =
        READ.reads(
            word -> {
              Precision.choice(word);
              return word;
            });
    return option("precision", "P", text, read, given -> given);
  }

  /** Adds an option that takes nothing. */
  OptionDef<BoxedUnit, Arguments> flag(String name, String text) {
    return option(name, "", text, READ.unitRead(), unit -> Boolean.TRUE);
  }

  /** Adds where the settings come from. */
  void settings() {
    word(
        "conf",
        "FILE",
        "settings over the defaults (conf/convoy.conf shows all); can be given again, the later over"
            + " the earlier");
    word("set", "KEY=VALUE", "one setting over the conf files; can be given again");
    flag("show-conf", "print the resolved settings first");
  }

  /** Adds the file of the photos' labels. */
  void labels() {
    word(
        "labels",
        "FILE",
        "takes the labels from a file instead: CSV, JSON lines or Parquet, with columns path and"
            + " label (labels.* in the conf names others)");
  }

  /** Adds the share of images that may be unusable. */
  void maxRejected() {
    word("max-rejected", "SHARE", "stop where more of the images cannot be used (0.01)");
  }

  /** Adds what is trained. */
  void training() {
    word("architectures", "A,B", "train these alone (all of the conf)");
    integer("epochs", 1, "epochs of every architecture (its own in the conf)");
    word(
        "from",
        "MODEL",
        "go on training a saved model: RUN/models/NAME, or a file in it; --epochs more");
    longInteger("seed", "of initial weights and order (train.seed in the conf)");
  }

  /** Adds going on with a run. */
  void resume() {
    flag("resume", "go on with a run that was stopped, as the same command does; none is no error");
  }

  /** Adds deleting what is there. */
  void overwrite() {
    flag("overwrite", "delete what the output folder holds");
  }

  private <A> OptionDef<A, Arguments> option(
      String name, String value, String text, Read<A> read, Function<A, Object> kept) {
    names.add("--" + name);
    OptionDef<A, Arguments> option =
        opt(name, read)
            .action((given, arguments) -> arguments.with(name, kept.apply(given)))
            .text(text)
            .unbounded();
    return value.isEmpty() ? option : option.valueName("<" + value + ">");
  }

  /**
   * The options given; nothing where help was asked for, which was printed.
   *
   * @throws UserException if an option is unknown, missing or wrong
   */
  Optional<Arguments> read(String[] arguments) {
    note("\nExample: " + program + " " + command + " " + example);
    Option<Arguments> parsed =
        parse(JavaConverters.asScalaBuffer(Arrays.asList(arguments)).toSeq(), Arguments.NONE);
    if (asked) {
      return Optional.empty();
    }
    if (parsed.isEmpty()) {
      throw new UserException(
          "%s; %s %s --help lists the options.", String.join("; ", mistakes), program, command);
    }
    return Optional.of(parsed.get());
  }

  /** Is called once help was printed. */
  @Override
  public void terminate(Either<String, BoxedUnit> exitState) {
    asked = true;
  }

  @Override
  public void displayToOut(String message) {
    out.println(message);
  }

  /** Prints nothing: what is wrong is thrown as one line. */
  @Override
  public void displayToErr(String message) {}

  @Override
  public void reportError(String message) {
    String question =
        message.startsWith(UNKNOWN)
            ? Spelling.questionOfOption(message.substring(UNKNOWN.length()), names).strip()
            : "";
    mistakes.add(question.isEmpty() ? message : message + ", " + question);
  }
}
