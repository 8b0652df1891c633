package io.convoy.cli;

import io.convoy.cli.Command.SettingsSource;
import java.util.OptionalInt;

/**
 * Predicts epochs on a cluster.
 *
 * @param executors at least 1, each with as many cores
 * @param images of the training split; as the settings have it where empty
 * @param gigabits of the network, a second
 */
public record PlanCommand(
    int executors, int cores, OptionalInt images, double gigabits, SettingsSource settings) {
  /** The command with its options. */
  public static final Command<PlanCommand> COMMAND =
      new Command<>(
          "plan",
          "predicts epochs and traffic on a cluster, from what it measures on this machine",
          "predicts epochs and traffic on a cluster, from what it measures here",
          "--executors 4 --cores 2",
          parser -> {
            parser.requiredInteger("executors", 1, "how many executors, one worker on each");
            parser.requiredInteger("cores", 1, "of each executor");
            parser.integer(
                "images", 1, "training images (those of split in the conf, of 25,000 photos)");
            parser.positive("network", "GBIT", "bandwidth of each machine in Gbit/s (10)");
            parser.word("architectures", "A,B", "these alone (all of the conf)");
            parser.settings();
          },
          given ->
              new PlanCommand(
                  given.last("executors", Integer.class).orElseThrow(),
                  given.last("cores", Integer.class).orElseThrow(),
                  given
                      .last("images", Integer.class)
                      .map(OptionalInt::of)
                      .orElse(OptionalInt.empty()),
                  given.last("network", Double.class).orElse(10.0),
                  given.settings()));
}
