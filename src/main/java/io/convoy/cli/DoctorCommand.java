package io.convoy.cli;

import io.convoy.cli.Command.SettingsSource;
import java.util.Optional;

/** Checks the driver and every executor; the file systems of the folders that are given too. */
public record DoctorCommand(
    Optional<String> images, Optional<String> out, SettingsSource settings) {
  /** The command with its options. */
  public static final Command<DoctorCommand> COMMAND =
      new Command<>(
          "doctor",
          "checks what a run needs, on the driver and on every executor",
          "checks what a run needs, on the driver and on every executor",
          "--images /data/photos --out /data/runs",
          parser -> {
            parser.word("images", "DIR", "a folder of photos, to be listed and read (not checked)");
            parser.word(
                "out", "DIR", "the folder of a run, where a small file is tried (not checked)");
            parser.settings();
          },
          given ->
              new DoctorCommand(
                  given.last("images", String.class),
                  given.last("out", String.class),
                  given.settings()));
}
