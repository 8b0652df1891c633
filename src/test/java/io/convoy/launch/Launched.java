package io.convoy.launch;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** What the launcher said to a command line. */
public record Launched(int status, String out, String err) {

  /** With the profiles of this project, and {@code target/convoy.jar} as the job jar. */
  static Launched with(Map<String, String> environment, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        new Launcher(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                Path.of(""),
                "target/convoy.jar")
            .run(arguments);
    return new Launched(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  public static Launched with(String... arguments) {
    return with(Map.of(), arguments);
  }
}
