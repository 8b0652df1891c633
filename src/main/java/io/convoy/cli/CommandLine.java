package io.convoy.cli;

import io.convoy.failure.UserException;
import io.convoy.settings.Spelling;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads the command line.
 *
 * @param <T> what is made of a command
 */
public final class CommandLine<T> {
  private static final String USAGE =
      """
      convoy trains and compares image classifiers on Spark.

      Usage: %1$s <command> [options]

      %2$s
      %1$s <command> --help lists the options of a command; %1$s --version prints the version.
      Exit status: 0 done, 2 something that you can mend, 1 a bug of convoy's.""";

  private final String program;
  private final String version;
  private final PrintStream out;
  private final PrintStream err;
  private final List<Command<T>> commands;

  /**
   * @param program what the user typed before the command, such as {@code submit/local}
   * @param version of convoy
   * @param out for the help and the version that were asked for
   * @param err for the usage that was not
   * @param commands all that there are, in the order of the usage
   */
  public CommandLine(
      String program, String version, PrintStream out, PrintStream err, List<Command<T>> commands) {
    this.program = program;
    this.version = version;
    this.out = out;
    this.err = err;
    this.commands = List.copyOf(commands);
  }

  /**
   * Reads the arguments.
   *
   * @return what to do; nothing where help or version was asked for, which was printed
   * @throws UserException if there is no such command or option, or one is missing
   */
  public Optional<T> parse(String[] arguments) {
    if (arguments.length == 0) {
      err.println(usage());
      throw new UserException("A command is missing.");
    }
    return switch (arguments[0]) {
      case "--help", "-h", "help" -> say(usage());
      case "--version" -> say("convoy " + version);
      default -> read(command(arguments[0]), Arrays.copyOfRange(arguments, 1, arguments.length));
    };
  }

  private Command<T> command(String word) {
    List<String> names = commands.stream().map(Command::name).toList();
    return commands.stream()
        .filter(command -> command.name().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "There is no command %s: %sthe commands are %s (%s --help).",
                    word, Spelling.question(word, names), String.join(", ", names), program));
  }

  private Optional<T> read(Command<T> command, String[] options) {
    CommandParser parser =
        new CommandParser(program, command.name(), command.description(), command.example(), out);
    command.options().accept(parser);
    return parser.read(options).map(command.reader());
  }

  private String usage() {
    return USAGE.formatted(
        program,
        commands.stream()
            .map(command -> "  %-9s %s\n".formatted(command.name(), command.summary()))
            .collect(Collectors.joining()));
  }

  private Optional<T> say(String text) {
    out.println(text);
    return Optional.empty();
  }
}
