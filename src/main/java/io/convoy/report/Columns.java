package io.convoy.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table, each with how its value is got from what a row is about, so that names
 * and values cannot drift apart.
 *
 * @param <T> what a row is about
 */
final class Columns<T> {
  private final List<String> names = new ArrayList<>();
  private final List<DataType> types = new ArrayList<>();
  private final List<Function<T, Object>> values = new ArrayList<>();

  Columns<T> text(String name, Function<T, String> value) {
    return add(name, DataTypes.StringType, value::apply);
  }

  Columns<T> integer(String name, Function<T, Integer> value) {
    return add(name, DataTypes.IntegerType, value::apply);
  }

  Columns<T> longInteger(String name, Function<T, Long> value) {
    return add(name, DataTypes.LongType, value::apply);
  }

  /** Adds a number; what is no number, as the loss of a diverged network, is left empty. */
  Columns<T> number(String name, Function<T, Double> value) {
    return add(
        name,
        DataTypes.DoubleType,
        t -> {
          Double number = value.apply(t);
          return number == null || number.isNaN() ? null : number;
        });
  }

  /** Adds the columns of a part, each name behind a prefix. */
  <P> Columns<T> part(String prefix, Function<T, P> part, Columns<P> columns) {
    for (int i = 0; i < columns.names.size(); i++) {
      Function<P, Object> value = columns.values.get(i);
      add(prefix + columns.names.get(i), columns.types.get(i), t -> value.apply(part.apply(t)));
    }
    return this;
  }

  private Columns<T> add(String name, DataType type, Function<T, Object> value) {
    names.add(name);
    types.add(type);
    values.add(value);
    return this;
  }

  Table table(String name, List<T> subjects) {
    StructType schema = new StructType();
    for (int i = 0; i < names.size(); i++) {
      schema = schema.add(names.get(i), types.get(i), true);
    }
    return new Table(name, schema, subjects.stream().map(this::row).toList());
  }

  private Row row(T subject) {
    return RowFactory.create(values.stream().map(value -> value.apply(subject)).toArray());
  }
}
