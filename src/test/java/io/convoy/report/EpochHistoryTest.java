package io.convoy.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochHistoryTest {
  private static final StructType OLD =
      new StructType()
          .add("architecture", DataTypes.StringType)
          .add("epoch", DataTypes.IntegerType)
          .add("train_loss", DataTypes.DoubleType);

  @TempDir Path folder;

  private Storage table() {
    return Storage.at(folder.resolve("epochs.parquet").toString(), new Configuration());
  }

  @Test
  void aColumnThatAnOlderTableLacksIsEmpty() {
    SharedSpark.session()
        .createDataFrame(
            List.of(
                RowFactory.create("a", 2, 0.2),
                RowFactory.create("a", 1, 0.1),
                RowFactory.create("b", 1, 0.3),
                RowFactory.create("a", 3, 0.4)),
            OLD)
        .write()
        .parquet(table().toString());
    StructType now = OLD.add("learning_rate", DataTypes.DoubleType);
    List<Row> rows = new EpochHistory(table()).read("a", 2, now);
    assertEquals(
        List.of(RowFactory.create("a", 1, 0.1, null), RowFactory.create("a", 2, 0.2, null)), rows);
  }

  @Test
  void withoutATableThereAreNoRows() {
    assertEquals(List.of(), new EpochHistory(table()).read("a", 2, OLD));
  }
}
