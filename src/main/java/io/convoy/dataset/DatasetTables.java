package io.convoy.dataset;

import io.convoy.storage.Storage;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * The tables of a data set, a Parquet file each, written on the driver. Spark would start jobs and
 * compile code for them: seconds in a fresh process.
 */
final class DatasetTables {
  private static final MessageType EXAMPLES =
      MessageTypeParser.parseMessageType(
          """
          message examples {
            required binary path (STRING);
            required int32 label;
            required binary hash (STRING);
            required int32 height;
            required int32 width;
            required binary split (STRING);
            required int32 position;
          }
          """);

  private static final MessageType REJECTED =
      MessageTypeParser.parseMessageType(
          """
          message rejected {
            required binary path (STRING);
            required binary reason (STRING);
            required binary found (STRING);
          }
          """);

  private final Storage dataset;

  DatasetTables(Storage dataset) {
    this.dataset = dataset;
  }

  /** Writes the index. */
  void writeExamples(List<AssignedPhoto> photos) {
    write(
        "examples",
        EXAMPLES,
        photos,
        (each, row) -> {
          row.add("path", each.photo().path());
          row.add("label", each.photo().label());
          row.add("hash", each.photo().hash());
          row.add("height", each.photo().height());
          row.add("width", each.photo().width());
          row.add("split", each.split().key());
          row.add("position", each.position());
        });
  }

  /** Writes the rejected files. */
  void writeRejected(List<Photo.Rejected> photos) {
    write(
        "rejected",
        REJECTED,
        photos,
        (each, row) -> {
          row.add("path", each.path());
          row.add("reason", each.reason());
          row.add("found", each.found());
        });
  }

  private <T> void write(
      String name, MessageType schema, List<T> rows, BiConsumer<T, Group> columns) {
    dataset
        .child(name + ".parquet")
        .write(
            out -> {
              try (ParquetWriter<Group> writer =
                  ExampleParquetWriter.builder(new StreamFile(out))
                      .withType(schema)
                      .withConf(dataset.fileSystem().getConf())
                      .withCompressionCodec(CompressionCodecName.SNAPPY)
                      .build()) {
                for (T row : rows) {
                  Group group = new SimpleGroup(schema);
                  columns.accept(row, group);
                  writer.write(group);
                }
              }
            });
  }
}
