package io.convoy.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterTest {
  @TempDir Path home;

  private static SparkConf configured(Map<String, String> environment) {
    SparkConf conf = SparkSessions.configure(new SparkConf(false), "tests");
    LocalCluster.configure(conf, environment);
    return conf;
  }

  @Test
  void twoExecutorsOfOneCoreAreStartedFromSparksHome() throws IOException {
    Files.createDirectory(home.resolve("jars"));

    SparkConf conf = configured(Map.of("SPARK_HOME", home.toString()));

    assertEquals("local-cluster[2,1,1200]", conf.get("spark.master"));
    assertEquals("1", conf.get("spark.executor.cores"));
  }

  @Test
  void withoutSparksHomeTheUserIsTold() {
    String mistake = assertThrows(UserException.class, () -> configured(Map.of())).getMessage();

    assertTrue(mistake.contains("SPARK_HOME"), mistake);
    assertTrue(mistake.contains("not set"), mistake);
  }

  @Test
  void aFolderWithoutJarsIsNotTakenForSparksHome() {
    Map<String, String> environment = Map.of("SPARK_HOME", home.toString());

    assertThrows(UserException.class, () -> configured(environment));
  }
}
