package io.convoy.cli;

import java.util.List;
import java.util.Optional;

/**
 * Makes a page of runs.
 *
 * @param runs their folders, one or more
 * @param out the page's folder; that of the only run where empty
 */
public record ReportCommand(List<String> runs, Optional<String> out) {
  /** The command with its options. */
  public static final Command<ReportCommand> COMMAND =
      new Command<>(
          "report",
          "a page with the results of a run, or of several",
          "makes a page with the results of a run, or of several to compare them",
          "--run /data/runs/first --run /data/runs/second --out /data/comparison",
          parser -> {
            parser.required("run", "RUN", "the folder of a run; can be given again");
            parser.word(
                "out",
                "DIR",
                "the folder of the page, index.html (report, in the run); several runs need one");
          },
          given ->
              new ReportCommand(given.all("run", String.class), given.last("out", String.class)));
}
