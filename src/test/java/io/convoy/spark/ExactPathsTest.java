package io.convoy.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExactPathsTest {
  @TempDir Path folder;

  @Test
  void aTableIsReadWhereItLiesThoughItsPathIsAPatternOfAnother() {
    String exact = folder.resolve("run [1]{a,b}*?/rows.parquet").toString();
    SharedSpark.session().range(3).write().parquet(exact);
    SharedSpark.session()
        .range(5)
        .write()
        .parquet(folder.resolve("run 1axx/rows.parquet").toString());

    assertEquals(3, ExactPaths.reader(SharedSpark.session()).parquet(exact).count());
  }
}
