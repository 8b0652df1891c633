package io.convoy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program with a model that it has trained. */
@Timeout(90)
class PredictIT {
  private static final String NETWORK =
      "{layers=[{dense=4}],loss=mse,optimizer{name=sgd,learning-rate=0.01},batch=8,epochs=1}";

  @TempDir static Path folder;
  private static Program program;

  @BeforeAll
  static void train() throws IOException, InterruptedException {
    program = new Program(folder);
    done(program.local("sample", "--out", path("photos"), "--images", "40"));
    done(
        program.local(
            "run",
            "--images",
            path("photos"),
            "--out",
            path("run"),
            "--set",
            "images.height=16",
            "--set",
            "images.width=20",
            "--set",
            "architectures=null",
            "--set",
            "architectures.tiny=" + NETWORK));
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }

  private static void done(Program.Ended ended) {
    assertEquals(0, ended.status(), ended::toString);
  }

  private static Program.Ended predict(String images, String... more)
      throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of("predict", "--model", path("run/models/tiny"), "--images", path(images)));
    arguments.addAll(List.of(more));
    return program.local(arguments.toArray(String[]::new));
  }

  @Test
  void aFolderBecomesTables() throws IOException, InterruptedException {
    Program.Ended ended = predict("photos", "--out", path("scored"));

    done(ended);
    assertTrue(ended.out().contains("40 photos"), ended::toString);
    assertTrue(ended.err().matches("(predict: .*\n)+"), ended::toString);
    assertEquals(41, Files.readAllLines(folder.resolve("scored/predictions.csv")).size());
    assertTrue(Files.exists(folder.resolve("scored/predictions.parquet/_SUCCESS")));
  }

  @Test
  void aPhotoIsAnsweredInOneLine() throws IOException, InterruptedException {
    Program.Ended ended = predict("photos/cats/cat.0.jpg");

    done(ended);
    String answer =
        "cat\\.0\\.jpg: (cats|dogs) \\(probability of \\1 [01]\\.\\d{3}, of (cats|dogs) [01]\\.\\d{3}; .*\n";
    assertTrue(ended.out().matches(answer), ended::toString);
    assertEquals("", ended.err());
  }

  @Test
  void aPhotoThatIsNoneIsOneLine() throws IOException, InterruptedException {
    Files.writeString(folder.resolve("page.jpg"), "<html>");

    Program.Ended ended = predict("page.jpg");

    assertEquals(2, ended.status(), ended::toString);
    assertEquals(1, ended.errLines().size(), ended::toString);
    assertTrue(ended.err().startsWith("convoy: "), ended::toString);
  }
}
