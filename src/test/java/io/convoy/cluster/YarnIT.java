package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.Program;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on YARN, with the driver here and there. */
@Tag("cluster")
@Timeout(1800)
class YarnIT {
  private static final int MOST_SECONDS = 600;

  @TempDir static Path folder;
  @AutoClose private static YarnServer yarn;

  @BeforeAll
  static void draw() throws IOException, InterruptedException {
    yarn = YarnServer.start(folder);
    submit("client", "sample", "--out", yarn.uri("/photos"), "--images", "60");
  }

  private static void submit(String deployMode, String... arguments)
      throws IOException, InterruptedException {
    Program.Ended ended = yarn.submit(deployMode, arguments).end(MOST_SECONDS);
    assertEquals(0, ended.status(), ended::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"client", "cluster"})
  void aRunIsComplete(String deployMode) throws IOException, InterruptedException {
    String run = yarn.uri("/" + deployMode + "/run");
    submit(deployMode, TinyRun.arguments(yarn.uri("/photos"), run));
    Path copy = folder.resolve(deployMode);
    try (FileSystem hdfs = yarn.fileSystem()) {
      var source = new org.apache.hadoop.fs.Path(run);
      hdfs.copyToLocalFile(false, source, new org.apache.hadoop.fs.Path(copy.toUri()), true);
    }
    TinyRun.assertComplete(copy);
  }
}
