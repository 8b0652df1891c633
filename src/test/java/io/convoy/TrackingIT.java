package io.convoy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.tracking.ProtocolServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MLflow's Java client is not in the job jar: who starts convoy adds it. */
class TrackingIT {
  @TempDir Path folder;
  private Program program;

  @BeforeEach
  void drawPhotos() throws IOException, InterruptedException {
    program = new Program(folder);
    program.local("sample", "--out", folder.resolve("photos").toString(), "--images", "60");
  }

  private Program.Ended run(String uri, Map<String, String> spark)
      throws IOException, InterruptedException {
    return program.sparkSubmit(
        spark,
        "run",
        "--images",
        folder.resolve("photos").toString(),
        "--out",
        folder.resolve("tracked").toString(),
        "--architectures",
        "conv24",
        "--epochs",
        "1",
        "--set",
        "images.height=16",
        "--set",
        "images.width=16",
        "--set",
        "tracking.uri=" + uri);
  }

  @Test
  void withoutTheClientARunSaysHowToGetItBeforeAnythingIsTrained()
      throws IOException, InterruptedException {
    Program.Ended ended = run("http://127.0.0.1:9", Map.of());

    assertEquals(2, ended.status(), ended::toString);
    List<String> told =
        ended.errLines().stream().filter(line -> line.startsWith("convoy: ")).toList();
    assertEquals(1, told.size(), ended::toString);
    assertTrue(
        told.get(0).contains("--spark spark.jars.packages=org.mlflow:mlflow-client:"), told.get(0));
    assertFalse(Files.exists(folder.resolve("tracked")));
  }

  @Test
  void theClientIsAddedAsAJarOfSparks() throws IOException, InterruptedException {
    try (ProtocolServer server = new ProtocolServer()) {
      String jar = "target/optional/mlflow-client-2.17.2.jar";
      Program.Ended ended = run(server.uri(), Map.of("spark.jars", jar));

      assertEquals(0, ended.status(), ended::toString);
      assertEquals("FINISHED", server.run("tracked").status());
      assertEquals(List.of(1L), server.run("conv24").steps("train_loss"));
      assertEquals(List.of(), server.refusals());
    }
  }
}
