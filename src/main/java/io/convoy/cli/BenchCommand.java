package io.convoy.cli;

import io.convoy.cli.Command.SettingsSource;
import java.util.Optional;

/** Measures on this machine; on made-up photos where there is no folder of photos. */
public record BenchCommand(
    Optional<String> images,
    Optional<String> out,
    Optional<String> peer,
    int repeats,
    SettingsSource settings) {
  /** The command with its options. */
  public static final Command<BenchCommand> COMMAND =
      new Command<>(
          "bench",
          "measures this machine: convoy against DL4J and its image loader as they come",
          "measures this machine: convoy against DL4J as it comes, ratios of one run",
          "--out bench.csv",
          parser -> {
            parser.word("images", "DIR", "a folder of photos (4,096 made-up ones)");
            parser.word("out", "FILE", "where the table is saved as CSV (nowhere)");
            parser.word(
                "peer",
                "FILE",
                "another program's rates as CSV, to stand beside: src/bench/peer.py");
            parser.word("architectures", "A,B", "these alone (all of the conf)");
            parser.integer(
                "repeats", 1, "how often everything is timed at least, for the medians (3)");
            parser.settings();
          },
          given ->
              new BenchCommand(
                  given.last("images", String.class),
                  given.last("out", String.class),
                  given.last("peer", String.class),
                  given.last("repeats", Integer.class).orElse(3),
                  given.settings()));
}
