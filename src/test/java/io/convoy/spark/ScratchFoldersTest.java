package io.convoy.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFoldersTest {
  @TempDir Path folder;
  private final SparkConf conf = new SparkConf(false);
  private String unusable;

  /** Nobody can make a folder below a file. */
  @BeforeEach
  void makeAFile() throws IOException {
    unusable = Files.createFile(folder.resolve("file")).resolve("scratch").toString();
  }

  private String refused(Map<String, String> environment) {
    return assertThrows(
            UserException.class, () -> ScratchFolders.requireWritable(conf, environment))
        .getMessage();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamedWithTheVariableThatSetsIt() {
    String mistake = refused(Map.of("SPARK_LOCAL_DIRS", unusable));
    assertTrue(mistake.contains(unusable), mistake);
    assertTrue(mistake.contains("Set SPARK_LOCAL_DIRS "), mistake);
    assertEquals(1, mistake.lines().count(), mistake);
  }

  @Test
  void theSettingIsNamedWhereTheVariableIsNotSet() {
    conf.set("spark.local.dir", unusable + "," + unusable + "2");
    String mistake = refused(Map.of());
    assertTrue(mistake.contains(unusable + "2"), mistake);
    assertTrue(mistake.contains("Set spark.local.dir "), mistake);
  }

  @Test
  void oneFolderOfSeveralIsEnoughAndIsLeftAsItWas() throws IOException {
    Path usable = folder.resolve("new/scratch");
    String both = unusable + "," + usable;

    ScratchFolders.requireWritable(conf, Map.of("SPARK_LOCAL_DIRS", both));

    try (Stream<Path> left = Files.list(usable)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void theVariableGoesOverTheSetting() {
    conf.set("spark.local.dir", unusable);
    ScratchFolders.requireWritable(conf, Map.of("SPARK_LOCAL_DIRS", folder.toString()));
  }
}
