package io.convoy.cli;

import java.io.PrintStream;
import java.util.Arrays;
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
final class CommandParser extends OptionParser<Arguments> {
  private static final Read$ READ = Read$.MODULE$;

  private final PrintStream out;
  private final PrintStream err;
  private boolean asked;

  CommandParser(String name, String description, PrintStream out, PrintStream err) {
    super("convoy " + name);
    this.out = out;
    this.err = err;
    head(JavaConverters.asScalaBuffer(java.util.List.of(description)));
    help("help").text("prints this");
  }

  /** Adds an option that takes a word. */
  OptionDef<String, Arguments> word(String name, String value, String text) {
    return option(name, value, text, READ.stringRead(), given -> given);
  }

  /** Adds an option that takes an integer of at least {@code least}. */
  OptionDef<Object, Arguments> integer(String name, int least, String text) {
    OptionDef<Object, Arguments> option = option(name, "N", text, READ.intRead(), given -> given);
    return option.validate(
        value ->
            (int) value >= least
                ? success()
                : failure("--" + name + " is " + value + "; it must be at least " + least));
  }

  /** Adds an option that takes a 64-bit integer. */
  OptionDef<Object, Arguments> longInteger(String name, String text) {
    return option(name, "N", text, READ.longRead(), given -> given);
  }

  /** Adds an option that takes nothing. */
  OptionDef<BoxedUnit, Arguments> flag(String name, String text) {
    return option(name, "", text, READ.unitRead(), unit -> Boolean.TRUE);
  }

  private <A> OptionDef<A, Arguments> option(
      String name, String value, String text, Read<A> read, Function<A, Object> kept) {
    OptionDef<A, Arguments> option =
        opt(name, read)
            .action((given, arguments) -> arguments.with(name, kept.apply(given)))
            .text(text);
    return value.isEmpty() ? option : option.valueName("<" + value + ">");
  }

  /** The options given; nothing where help was asked for or they are wrong, which was printed. */
  Optional<Arguments> read(String[] arguments) {
    Option<Arguments> parsed =
        parse(JavaConverters.asScalaBuffer(Arrays.asList(arguments)).toSeq(), Arguments.NONE);
    return asked || parsed.isEmpty() ? Optional.empty() : Optional.of(parsed.get());
  }

  /** Whether help was asked for and printed. */
  boolean wasAsked() {
    return asked;
  }

  @Override
  public void terminate(Either<String, BoxedUnit> exitState) {
    asked = exitState.isRight();
  }

  @Override
  public void displayToOut(String message) {
    out.println(message);
  }

  @Override
  public void displayToErr(String message) {
    err.println(message);
  }

  @Override
  public Option<Object> showUsageOnError() {
    return Option.apply(false);
  }

  @Override
  public void reportError(String message) {
    err.println("convoy: " + message + "; --help lists the options");
  }
}
