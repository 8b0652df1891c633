package io.convoy.cli;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import java.util.Optional;

/**
 * Tries architectures with drawn settings, and trains and compares the best.
 *
 * @param out the folder of the trials and of the run of the best
 * @param datasets where prepared data sets are kept
 * @param labels the file of the photos' labels, instead of their paths
 */
public record SearchCommand(
    String images,
    Optional<String> labels,
    String out,
    Optional<String> datasets,
    SettingsSource settings,
    Existing existing) {
  /** The command with its options. */
  public static final Command<SearchCommand> COMMAND =
      new Command<>(
          "search",
          "try settings that are drawn, and compare the best",
          "trains architectures with settings that are drawn from search.space of the conf, the"
              + " promising ones for longer, and then the best in full, which it compares",
          "--images /data/photos --out /data/runs/search --conf search.conf",
          parser -> {
            parser.required("images", "DIR", "the folder of photos");
            parser.labels();
            parser.required(
                "out", "DIR", "the folder for trials/, and for best/, the run of the best");
            parser.word(
                "datasets",
                "DIR",
                "where prepared data sets are kept, and found again, those of prepare too (datasets, beside"
                    + " --out)");
            parser.integer("trials", 1, "how many trials there are (search.trials in the conf)");
            parser.maxRejected();
            parser.word("architectures", "A,B", "try these alone (all of the conf)");
            parser.integer("epochs", 1, "epochs of a whole training (its own in the conf)");
            parser.longInteger("seed", "of initial weights and order (train.seed in the conf)");
            parser.settings();
            parser.resume();
            parser.overwrite();
          },
          given ->
              new SearchCommand(
                  given.text("images"),
                  given.last("labels", String.class),
                  given.text("out"),
                  given.last("datasets", String.class),
                  given.settings(),
                  given.existing()));
}
