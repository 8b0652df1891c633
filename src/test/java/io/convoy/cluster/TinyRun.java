package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;

/** A run that takes seconds: one small network on small images. */
final class TinyRun {
  private static final String NETWORK =
      "{layers=[{conv=4,kernel=3},{pool=max,kernel=2},{dense=4}],loss=mse,optimizer{name=adam,learning-rate=0.01},"
          + "batch=4,epochs=2}";
  private static final List<String> TABLES =
      List.of("metrics", "epochs", "rounds", "thresholds", "predictions");

  /** No photo is rejected, and one network is compared with none. */
  private static final List<String> EMPTY_TABLES = List.of("comparisons", "rejected");

  private TinyRun() {}

  /** What convoy is given. */
  static String[] arguments(String images, String out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", "--images", images, "--out", out));
    for (String setting :
        List.of(
            "images.height=16",
            "images.width=20",
            "train.averaging-frequency=2",
            "architectures=null",
            "architectures.tiny=" + NETWORK)) {
      arguments.addAll(List.of("--set", setting));
    }
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** Holds the local copy of a run to what the page on formats says that a run leaves. */
  static void assertComplete(Path run) throws IOException {
    for (String table : TABLES) {
      List<String> lines = table(run.resolve("tables"), table);
      assertTrue(lines.size() > 1, lines::toString);
    }
    for (String table : EMPTY_TABLES) {
      assertEquals(1, table(run.resolve("tables"), table).size(), table);
    }
    for (String file :
        List.of("models/tiny/best.zip", "models/tiny/last.zip", "run.conf", "provenance.json")) {
      assertTrue(Files.size(run.resolve(file)) > 0, file);
    }
  }

  /** The lines of a table, which has as many rows in its other form. */
  private static List<String> table(Path tables, String name) throws IOException {
    assertTrue(Files.exists(tables.resolve(name + ".parquet/_SUCCESS")), name);
    List<String> lines = Files.readAllLines(tables.resolve(name + ".csv"));
    assertEquals(rows(tables.resolve(name + ".parquet")), lines.size() - 1, lines::toString);
    return lines;
  }

  private static long rows(Path parquet) throws IOException {
    long rows = 0;
    for (Path part : Trees.files(parquet)) {
      if (part.toString().endsWith(".parquet")) {
        var path = new org.apache.hadoop.fs.Path(part.toUri());
        InputFile file = HadoopInputFile.fromPath(path, new Configuration());
        try (ParquetFileReader reader = ParquetFileReader.open(file)) {
          rows += reader.getRecordCount();
        }
      }
    }
    return rows;
  }
}
