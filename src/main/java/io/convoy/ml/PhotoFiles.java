package io.convoy.ml;

import io.convoy.failure.UserException;
import io.convoy.settings.ClassNames;
import io.convoy.storage.Storage;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The photos of a table on their way into files, a folder a class.
 *
 * @param table with the photos
 * @param photos the column of them
 * @param labels the column of their classes: the names, or indices from 0
 */
record PhotoFiles(Dataset<Row> table, String photos, String labels) {

  /**
   * Makes sure that a column has labels.
   *
   * @throws IllegalArgumentException if there is none, or it is of another type
   */
  static void requireLabels(StructType schema, String name) {
    if (!List.of(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException(
          "There is no column %s of labels, but %s; name it with setLabelCol."
              .formatted(name, String.join(", ", schema.fieldNames())));
    }
    StructField field = schema.apply(name);
    if (!(field.dataType() instanceof StringType) && !(field.dataType() instanceof NumericType)) {
      throw new IllegalArgumentException(
          "The column %s is %s, where labels are text or the index of a class; name another with"
                  .formatted(name, field.dataType().simpleString())
              + " setLabelCol.");
    }
  }

  /**
   * Writes the photos.
   *
   * @param folder that is new
   * @return the classes, in the order of their indices; of names, sorted
   * @throws UserException if a row has no label, or the labels cannot be classes
   */
  List<String> write(Storage folder) {
    StructField field = table.schema().apply(labels);
    boolean named = field.dataType() instanceof StringType;
    Dataset<Row> rows =
        table.select(
            functions.col(quoted(photos)).as("photo"),
            functions
                .col(quoted(labels))
                .cast(named ? DataTypes.StringType : DataTypes.DoubleType)
                .as("label"));
    List<Row> found = rows.select("label").distinct().collectAsList();
    if (found.stream().anyMatch(row -> row.isNullAt(0))) {
      throw new UserException(
          "A row of the column %s has no label; leave such rows out, as in dataset.na().drop(new"
              + " String[] {\"%s\"}).",
          labels, labels);
    }
    List<String> classes =
        named
            ? found.stream().map(row -> row.getString(0)).sorted().toList()
            : indexed(found.stream().map(row -> row.getDouble(0)).toList(), field);
    if (!ClassNames.areFit(classes)) {
      throw new UserException(
          "The column %s has labels that cannot be classes: two to %,d different ones, called as"
              + " folders may be. It has %s.",
          labels, ClassNames.MOST, String.join(", ", classes.stream().limit(5).toList()));
    }
    folder.makeFolder();
    rows.foreachPartition(
        new Writing(
            folder.toString(),
            new SerializableConfiguration(
                table.sparkSession().sparkContext().hadoopConfiguration()),
            PhotoColumn.of(table.schema(), photos),
            classes));
    return classes;
  }

  private static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  /** The names that the column's metadata has for its indices, or the indices themselves. */
  private List<String> indexed(List<Double> found, StructField field) {
    int most = -1;
    for (double label : found) {
      if (label < 0 || label != Math.rint(label) || label >= ClassNames.MOST) {
        throw new UserException(
            "The column %s has the label %s, which is no index of a class, from 0.", labels, label);
      }
      most = Math.max(most, (int) label);
    }
    int count = most + 1;
    return names(field)
        .filter(names -> names.size() >= count)
        .orElseGet(() -> IntStream.range(0, count).mapToObj(Integer::toString).toList());
  }

  private static Optional<List<String>> names(StructField field) {
    return Attribute.fromStructField(field) instanceof NominalAttribute nominal
            && nominal.values().isDefined()
        ? Optional.of(Arrays.asList(nominal.values().get()))
        : Optional.empty();
  }

  /**
   * Writes the rows of a partition, each into a file that is called after its content: a task that
   * is tried again writes the same.
   */
  private record Writing(
      String folder, SerializableConfiguration hadoop, PhotoColumn kind, List<String> classes)
      implements ForeachPartitionFunction<Row>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public void call(Iterator<Row> rows) {
      Storage photos = Storage.at(folder, hadoop.value());
      while (rows.hasNext()) {
        Row row = rows.next();
        Object label = row.get(1);
        String name =
            label instanceof String text ? text : classes.get(((Double) label).intValue());
        byte[] file = kind.file(row.get(0));
        photos
            .child(name)
            .child(DigestUtils.sha256Hex(file) + ".jpg")
            .write(out -> out.write(file));
      }
    }
  }
}
