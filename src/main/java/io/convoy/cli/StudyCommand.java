package io.convoy.cli;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trains with different numbers of workers and averaging frequencies, and with outer momentum where
 * the settings have it.
 *
 * @param out the folder of the table, and of {@code runs} and {@code datasets}
 * @param workers numbers of them
 * @param frequencies minibatches between two averagings
 */
public record StudyCommand(
    String images,
    String out,
    List<Integer> workers,
    List<Integer> frequencies,
    SettingsSource settings,
    Existing existing) {
  /** The command with its options. */
  public static final Command<StudyCommand> COMMAND =
      new Command<>(
          "study",
          "accuracy and time against workers, averaging frequency and outer momentum",
          "trains with different numbers of workers and averaging frequencies, without outer"
              + " momentum and with train.outer of the conf, and makes a table of them",
          "--images /data/photos --out /data/study --workers 1,2",
          parser -> {
            parser.required("images", "DIR", "the folder of photos");
            parser.required(
                "out", "DIR", "the folder for study.csv, the runs, and the prepared data set");
            parser.integers("workers", 1, "numbers of workers (1,2,4,8)");
            parser.integers("frequencies", 1, "minibatches between two averagings (1,5,20)");
            parser.word("architectures", "A,B", "these alone (all of the conf)");
            parser.integer("epochs", 1, "epochs of every architecture (its own in the conf)");
            parser.longInteger("seed", "of initial weights and order (train.seed in the conf)");
            parser.settings();
            parser.flag("overwrite", "make the runs anew that are done already");
          },
          given ->
              new StudyCommand(
                  given.text("images"),
                  given.text("out"),
                  numbers(given, "workers", 1, 2, 4, 8),
                  numbers(given, "frequencies", 1, 5, 20),
                  given.settings(),
                  given.existing()));

  private static List<Integer> numbers(Arguments given, String name, int... usual) {
    return IntStream.of(given.last(name, int[].class).orElse(usual)).distinct().boxed().toList();
  }
}
