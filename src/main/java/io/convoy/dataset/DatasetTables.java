package io.convoy.dataset;

import io.convoy.storage.Storage;
import io.convoy.table.ParquetRows;
import io.convoy.table.ParquetTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The tables of a data set: its index, {@code examples}, and the {@code rejected} files. */
public final class DatasetTables {
  /** The columns of the examples. */
  public static final StructType EXAMPLES =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("label", DataTypes.IntegerType, false)
          .add("hash", DataTypes.StringType, false)
          .add("height", DataTypes.IntegerType, false)
          .add("width", DataTypes.IntegerType, false)
          .add("split", DataTypes.StringType, false)
          .add("position", DataTypes.IntegerType, false)
          .add("group", DataTypes.StringType, true);

  /** The columns of the files that cannot be used. */
  public static final StructType REJECTED =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("reason", DataTypes.StringType, false)
          .add("found", DataTypes.StringType, false);

  /**
   * An example: which photo it is, and where it lies.
   *
   * @param photo the photo
   * @param split the split it falls into
   * @param position in the split, from 0 in the order of the hashes
   * @param group equal for photos that are kept on one side, 64 hexadecimal digits; null in data
   *     sets of an earlier convoy
   */
  public record Example(LabelledPhoto photo, Split split, int position, String group) {}

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

  /** Shows the examples. */
  public void forEachExample(Consumer<Example> visitor) {
    new ParquetTable(examples()).forEach(EXAMPLES, row -> visitor.accept(example(row)));
  }

  /** The files that cannot be used, in the order of the paths; rows of {@link #REJECTED}. */
  public List<Row> rejectedRows() {
    List<Row> rows = new ArrayList<>();
    new ParquetTable(rejected()).forEach(REJECTED, rows::add);
    return rows;
  }

  /**
   * Writes the index: the photos of each split, in the order of their positions.
   *
   * @param group of a photo
   */
  void writeExamples(
      Map<Split, List<LabelledPhoto>> photos, Function<LabelledPhoto, String> group) {
    write(
        examples(),
        EXAMPLES,
        photos.entrySet().stream()
            .flatMap(
                of ->
                    IntStream.range(0, of.getValue().size())
                        .mapToObj(
                            at -> {
                              LabelledPhoto photo = of.getValue().get(at);
                              return row(new Example(photo, of.getKey(), at, group.apply(photo)));
                            })));
  }

  void writeRejected(List<PhotoOutcome.Rejected> photos) {
    write(rejected(), REJECTED, photos.stream().map(DatasetTables::row));
  }

  private Storage examples() {
    return dataset.child("examples.parquet");
  }

  private Storage rejected() {
    return dataset.child("rejected.parquet");
  }

  private static Row row(Example example) {
    LabelledPhoto photo = example.photo();
    return RowFactory.create(
        photo.path(),
        photo.label(),
        photo.hash(),
        photo.height(),
        photo.width(),
        example.split().key(),
        example.position(),
        example.group());
  }

  private static Example example(Row row) {
    return new Example(
        new LabelledPhoto(
            row.getString(0), row.getInt(1), row.getString(2), row.getInt(3), row.getInt(4)),
        Split.of(row.getString(5)),
        row.getInt(6),
        row.getString(7));
  }

  private static Row row(PhotoOutcome.Rejected photo) {
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
