package io.convoy.table;

import io.convoy.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a saved table, in the order in which they are added. Each stands once: with its
 * name, its type and its value of what a row is about; what adding it returns reads it again.
 *
 * @param <T> what a row is about
 */
public final class Columns<T> {
  private static final Map<Class<?>, DataType> TYPES =
      Map.of(
          String.class, DataTypes.StringType,
          Integer.class, DataTypes.IntegerType,
          Long.class, DataTypes.LongType,
          Double.class, DataTypes.DoubleType,
          Map.class, DataTypes.createMapType(DataTypes.StringType, DataTypes.FloatType));

  private final String table;
  private final List<Function<T, ?>> values = new ArrayList<>();
  private StructType schema = new StructType();

  /**
   * @param table the name of its files, without a suffix
   */
  public Columns(String table) {
    this.table = table;
  }

  /** Adds a column of words. */
  public SavedColumn<String> text(String name, Function<T, String> value) {
    return add(name, String.class, value);
  }

  /** Adds a column of whole numbers of 32 bits. */
  public SavedColumn<Integer> integer(String name, Function<T, Integer> value) {
    return add(name, Integer.class, value);
  }

  /** Adds a column of whole numbers of 64 bits. */
  public SavedColumn<Long> longInteger(String name, Function<T, Long> value) {
    return add(name, Long.class, value);
  }

  /** Adds a column of float64; NaN, as the loss of a diverged network, is left empty. */
  public SavedColumn<Double> number(String name, Function<T, Double> value) {
    return add(
        name,
        Double.class,
        subject -> {
          Double number = value.apply(subject);
          return number == null || number.isNaN() ? null : number;
        });
  }

  /** Adds a column of float32 by names, in the order of the map; null is left empty. */
  @SuppressWarnings("unchecked")
  public SavedColumn<Map<String, Float>> numbers(
      String name, Function<T, Map<String, Float>> value) {
    return add(name, (Class<Map<String, Float>>) (Class<?>) Map.class, value);
  }

  private <V> SavedColumn<V> add(String name, Class<V> type, Function<T, V> value) {
    schema = schema.add(name, TYPES.get(type), true);
    values.add(value);
    return new SavedColumn<>(name, values.size() - 1, type);
  }

  /** The names and types; every cell may be empty. */
  public StructType schema() {
    return schema;
  }

  /** The table of some subjects, a row each. */
  public Table table(List<T> subjects) {
    return new Table(table, schema, subjects.stream().map(this::row).toList());
  }

  /** The row of a subject. */
  public Row row(T subject) {
    return RowFactory.create(values.stream().map(value -> value.apply(subject)).toArray());
  }

  /**
   * Shows each row of the saved table in its order; none where there is no table yet.
   *
   * @param folder of the tables
   * @throws io.convoy.failure.UserException if its columns are of other types
   */
  public void read(Storage folder, Consumer<SavedRow> reader) {
    ParquetTable saved = new ParquetTable(folder.child(table + ".parquet"));
    if (saved.exists()) {
      saved.forEach(schema, row -> reader.accept(new SavedRow(saved.place(), row)));
    }
  }
}
