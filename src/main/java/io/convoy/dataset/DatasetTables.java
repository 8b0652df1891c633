package io.convoy.dataset;

import io.convoy.storage.Storage;
import io.convoy.table.ParquetRows;
import io.convoy.table.ParquetTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The tables of a data set: its index, {@code examples}, and the {@code rejected} files. */
public final class DatasetTables {
  /** An example: which photo it is, and where it lies. */
  public static final StructType EXAMPLES =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("label", DataTypes.IntegerType, false)
          .add("hash", DataTypes.StringType, false)
          .add("height", DataTypes.IntegerType, false)
          .add("width", DataTypes.IntegerType, false)
          .add("split", DataTypes.StringType, false)
          .add("position", DataTypes.IntegerType, false);

  /** A file that cannot be used. */
  public static final StructType REJECTED =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("reason", DataTypes.StringType, false)
          .add("found", DataTypes.StringType, false);

  private final Storage dataset;

  /**
   * @param dataset its folder
   */
  public DatasetTables(Storage dataset) {
    this.dataset = dataset;
  }

  /** Whether there is an index. */
  public boolean hasExamples() {
    return examples().exists();
  }

  /** Shows the photos that are used. */
  public void forEachExample(Consumer<AssignedPhoto> visitor) {
    new ParquetTable(examples()).forEach(EXAMPLES, row -> visitor.accept(example(row)));
  }

  /** The files that cannot be used, in the order of the paths; rows of {@link #REJECTED}. */
  public List<Row> rejectedRows() {
    List<Row> rows = new ArrayList<>();
    new ParquetTable(rejected()).forEach(REJECTED, rows::add);
    return rows;
  }

  void writeExamples(List<AssignedPhoto> photos) {
    write(examples(), EXAMPLES, photos.stream().map(DatasetTables::row));
  }

  void writeRejected(List<Photo.Rejected> photos) {
    write(rejected(), REJECTED, photos.stream().map(DatasetTables::row));
  }

  private Storage examples() {
    return dataset.child("examples.parquet");
  }

  private Storage rejected() {
    return dataset.child("rejected.parquet");
  }

  private static Row row(AssignedPhoto each) {
    IndexedPhoto photo = each.photo();
    return RowFactory.create(
        photo.path(),
        photo.label(),
        photo.hash(),
        photo.height(),
        photo.width(),
        each.split().key(),
        each.position());
  }

  private static AssignedPhoto example(Row row) {
    return new AssignedPhoto(
        new IndexedPhoto(
            row.getString(0), row.getInt(1), row.getString(2), row.getInt(3), row.getInt(4)),
        Split.of(row.getString(5)),
        row.getInt(6));
  }

  private static Row row(Photo.Rejected photo) {
    return RowFactory.create(photo.path(), photo.reason(), photo.found());
  }

  private static void write(Storage file, StructType schema, Stream<Row> rows) {
    file.write(
        out -> {
          try (ParquetRows parquet = new ParquetRows(schema, out, file.fileSystem().getConf())) {
            for (Row row : (Iterable<Row>) rows::iterator) {
              parquet.write(row);
            }
          }
        });
  }
}
