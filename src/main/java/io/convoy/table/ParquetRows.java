package io.convoy.table;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Writes rows into a Parquet file with Snappy compression, with the types that Spark gives them.
 */
public final class ParquetRows implements Closeable {
  private static final Map<DataType, PrimitiveTypeName> TYPES =
      Map.of(
          DataTypes.StringType, PrimitiveTypeName.BINARY,
          DataTypes.IntegerType, PrimitiveTypeName.INT32,
          DataTypes.LongType, PrimitiveTypeName.INT64,
          DataTypes.DoubleType, PrimitiveTypeName.DOUBLE);

  /** The names that Parquet gives the parts of a map. */
  static final String ENTRIES = "key_value";

  static final String KEY = "key";
  static final String VALUE = "value";

  private final MessageType message;
  private final ParquetWriter<Group> writer;

  /**
   * Begins the file.
   *
   * @param schema columns of strings, ints, longs and doubles, and maps of strings to floats
   * @param out stays open
   * @param configuration Hadoop's, with the user's settings of Parquet
   */
  public ParquetRows(StructType schema, OutputStream out, Configuration configuration)
      throws IOException {
    message = message(schema);
    writer =
        ExampleParquetWriter.builder(new StreamFile(out))
            .withType(message)
            .withConf(configuration)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build();
  }

  private static MessageType message(StructType schema) {
    Types.MessageTypeBuilder message = Types.buildMessage();
    for (StructField field : schema.fields()) {
      Repetition repetition = field.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
      message.addField(
          field.dataType() instanceof MapType
              ? numbersByName(repetition, field.name())
              : primitive(TYPES.get(field.dataType()), repetition, field.name()));
    }
    return message.named("table");
  }

  private static Type primitive(PrimitiveTypeName type, Repetition repetition, String name) {
    return Types.primitive(type, repetition)
        .as(type == PrimitiveTypeName.BINARY ? LogicalTypeAnnotation.stringType() : null)
        .named(name);
  }

  private static Type numbersByName(Repetition repetition, String name) {
    return Types.map(repetition)
        .key(primitive(PrimitiveTypeName.BINARY, Repetition.REQUIRED, KEY))
        .value(primitive(PrimitiveTypeName.FLOAT, Repetition.REQUIRED, VALUE))
        .named(name);
  }

  /** Adds a row. */
  public void write(Row row) throws IOException {
    Group group = new SimpleGroup(message);
    for (int i = 0; i < row.length(); i++) {
      Object value = row.get(i);
      if (value instanceof String s) {
        group.add(i, s);
      } else if (value instanceof Integer n) {
        group.add(i, n);
      } else if (value instanceof Long n) {
        group.add(i, n);
      } else if (value instanceof Double n) {
        group.add(i, n);
      } else if (value instanceof Map<?, ?> numbers) {
        addAll(group.addGroup(i), numbers);
      }
    }
    writer.write(group);
  }

  private static void addAll(Group map, Map<?, ?> numbers) {
    numbers.forEach(
        (name, number) -> {
          Group entry = map.addGroup(ENTRIES);
          entry.add(KEY, (String) name);
          entry.add(VALUE, (Float) number);
        });
  }

  /** Ends the file. */
  @Override
  public void close() throws IOException {
    writer.close();
  }
}
