package io.convoy.ingest;

import io.convoy.failure.Amount;
import io.convoy.failure.Printable;
import io.convoy.failure.UserException;
import io.convoy.labels.LabelRow;
import io.convoy.settings.LabelColumns;
import io.convoy.spark.JobNames;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * A file that labels photos, read with Spark SQL: CSV whose first line names the columns, with
 * commas, semicolons, tabs or bars between them; JSON lines, or one list of JSON objects; Parquet,
 * a file or a folder of it. CSV and JSON may be compressed.
 */
public final class LabelFile {
  private static final int BEGINNING_BYTES = 1 << 16;

  /** What Spark and Hadoop read as a pattern in a path, each once more than it can be escaped. */
  private static final Pattern WILD = Pattern.compile("[\\[\\]{}*?\\\\]");

  /** What stands for bytes that are no UTF-8. */
  private static final char REPLACED = '\uFFFD';

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Storage file;
  private final SparkSession spark;
  private final LabelColumns columns;

  /** What stands between the columns of a CSV. */
  private enum Separator {
    COMMA(","),
    SEMICOLON(";"),
    TAB("\t"),
    BAR("|");

    private final String text;

    Separator(String text) {
      this.text = text;
    }

    /** The names of the columns, from a first line. */
    List<String> names(String line) {
      return Arrays.stream(line.split(Pattern.quote(text), -1))
          .map(name -> name.strip().replaceAll("^\"(.*)\"$", "$1").strip())
          .toList();
    }
  }

  /**
   * @param file the file, or the folder of Parquet
   * @param spark the session
   * @param columns what they are called
   */
  public LabelFile(Storage file, SparkSession spark, LabelColumns columns) {
    this.file = file;
    this.spark = spark;
    this.columns = columns;
  }

  /**
   * Reads all rows, in any order.
   *
   * @throws UserException if there is no such file, it cannot be read, lacks a column that is
   *     needed or that the settings call by another name than the usual, or has no row
   */
  public List<LabelRow> rows() {
    if (!file.exists()) {
      throw new UserException("%s: there is no such file; check --labels.", file);
    }
    JobNames names = new JobNames(spark.sparkContext());
    names.begin("reading the labels");
    try {
      List<LabelRow> rows = rows(table());
      if (rows.isEmpty()) {
        throw new UserException("%s names no photo: it has no row.", file);
      }
      return rows;
    } catch (UserException e) {
      throw e;
    } catch (Exception e) {
      // Spark throws checked exceptions that its Java signatures do not name.
      throw new UserException(
          "%s cannot be read: %s. Check that it is whole, and what its name says.",
          file, firstLine(e));
    } finally {
      names.end();
    }
  }

  private static String firstLine(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("").replaceAll("\\.$", "");
  }

  private Dataset<Row> table() {
    DataFrameReader reader = spark.read();
    String place = file.toString();
    if (WILD.matcher(place).find()) {
      throw new UserException(
          "%s: Spark reads the brackets, stars, question marks or backslashes in this path as a pattern:"
              + " give the file a name without them.",
          file);
    }
    if (file.isFolder()) {
      return folder(reader, place);
    }
    if (file.name().matches("[_.].*")) {
      throw new UserException(
          "%s: Spark passes over files whose names begin with '_' or '.': give it another name.",
          file);
    }
    CompressionCodec codec = codec();
    String name = file.name().toLowerCase(Locale.ROOT);
    String kind =
        codec == null
            ? name
            : CompressionCodecFactory.removeSuffix(name, codec.getDefaultExtension());
    return switch (kind.substring(kind.lastIndexOf('.') + 1)) {
      case "csv", "tsv", "txt" -> csv(reader, place, beginning(codec));
      case "json", "jsonl", "ndjson" -> json(reader, place, beginning(codec));
      case "parquet" -> reader.parquet(place);
      default ->
          throw new UserException(
              "%s is no label file by its name: wanted are .csv (.tsv, .txt), .json (.jsonl, .ndjson) and"
                  + " .parquet, or a folder of Parquet.",
              file);
    };
  }

  private Dataset<Row> folder(DataFrameReader reader, String place) {
    if (file.children().isEmpty()) {
      throw new UserException("%s is an empty folder, where Parquet is wanted.", file);
    }
    return reader.parquet(place);
  }

  private CompressionCodec codec() {
    return new CompressionCodecFactory(file.fileSystem().getConf()).getCodec(file.path());
  }

  /** The first characters, without the mark that Windows puts before them. */
  private String beginning(CompressionCodec codec) {
    try (InputStream bytes = file.open();
        InputStream in = codec == null ? bytes : codec.createInputStream(bytes)) {
      byte[] read = in.readNBytes(BEGINNING_BYTES);
      if (read.length >= 2 && (read[0] & read[1] & 0xFE) == 0xFE) {
        throw new UserException(
            "%s is written in UTF-16: save it as UTF-8 (in a spreadsheet: CSV UTF-8).", file);
      }
      String text = new String(read, StandardCharsets.UTF_8);
      String plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
      if (plain.isBlank()) {
        throw new UserException("%s is empty: its rows are to name photos and their labels.", file);
      }
      return plain.stripLeading();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }

  private Dataset<Row> csv(DataFrameReader reader, String place, String beginning) {
    String line = beginning.lines().findFirst().orElse("");
    Separator separator =
        Stream.of(Separator.values())
            .filter(each -> isComplete(each.names(line)))
            .findFirst()
            .orElseThrow(() -> incomplete(line));
    return reader
        .option("header", true)
        .option("sep", separator.text)
        .option("multiLine", true)
        .option("escape", "\"")
        .option("ignoreLeadingWhiteSpace", true)
        .option("ignoreTrailingWhiteSpace", true)
        .csv(place);
  }

  private boolean isComplete(List<String> names) {
    return position(names, columns.path()).isPresent()
        && position(names, columns.label()).isPresent();
  }

  private static OptionalInt position(List<String> names, String column) {
    return IntStream.range(0, names.size())
        .filter(at -> names.get(at).equalsIgnoreCase(column))
        .findFirst();
  }

  private UserException incomplete(String line) {
    Separator likely =
        Stream.of(Separator.values())
            .max(Comparator.comparingInt(each -> each.names(line).size()))
            .orElseThrow();
    return incomplete(likely.names(line), "Its first line must name them");
  }

  private UserException incomplete(List<String> names, String where) {
    String missing =
        Stream.of(columns.path(), columns.label())
            .filter(column -> position(names, column).isEmpty())
            .reduce((path, label) -> path + " and no column " + label)
            .orElseThrow();
    return new UserException(
        "%s has no column %s, but: %s. %s: add them, or say which of those they are, as in --set"
            + " labels.path=id --set labels.label=breed.",
        file, missing, Printable.of(Amount.ofNames(names)), where);
  }

  private static Dataset<Row> json(DataFrameReader reader, String place, String beginning) {
    return reader
        .option("primitivesAsString", true)
        .option("multiLine", beginning.startsWith("["))
        .json(place);
  }

  private List<LabelRow> rows(Dataset<Row> table) {
    List<String> names = Arrays.stream(table.columns()).map(String::strip).toList();
    if (!isComplete(names)) {
      throw incomplete(names, "Photos' paths and labels are needed");
    }
    requireUnlessUsual(names, "labels.split", columns.split(), LabelColumns.USUAL.split());
    requireUnlessUsual(names, "labels.group", columns.group(), LabelColumns.USUAL.group());
    // By position, as names may hold anything.
    Dataset<Row> numbered =
        table.toDF(
            IntStream.range(0, names.size()).mapToObj(LabelFile::column).toArray(String[]::new));
    Column[] wanted =
        Stream.of(columns.path(), columns.label(), columns.split(), columns.group())
            .map(column -> position(names, column))
            .map(at -> at.isEmpty() ? functions.lit("") : text(table, at.getAsInt()))
            .toArray(Column[]::new);
    return numbered.select(wanted).collectAsList().stream()
        .map(
            row ->
                new LabelRow(
                    readable(row.get(0)),
                    readable(row.get(1)),
                    readable(row.get(2)),
                    readable(row.get(3))))
        .toList();
  }

  private String readable(Object value) {
    String text = text(value);
    if (text.indexOf(REPLACED) >= 0) {
      throw new UserException(
          "%s has letters that are not UTF-8, as in %s: save it as UTF-8 (in a spreadsheet: CSV UTF-8).",
          file, Printable.of(text));
    }
    return text;
  }

  /** Whoever names a column wants it, while the usual ones may be missing. */
  private void requireUnlessUsual(List<String> names, String key, String column, String usual) {
    if (!column.equalsIgnoreCase(usual) && position(names, column).isEmpty()) {
      throw new UserException(
          "%s has no column %s, which %s names, but: %s. Set %s to the one that is meant, or leave it"
              + " out.",
          file, Printable.of(column), key, Printable.of(Amount.ofNames(names)), key);
    }
  }

  private static String column(int at) {
    return "column" + at;
  }

  private Column text(Dataset<Row> table, int at) {
    DataType type = table.schema().fields()[at].dataType();
    if (type instanceof StructType || type instanceof ArrayType || type instanceof MapType) {
      throw new UserException(
          "%s: its column %s has values of type %s, where text or numbers are wanted.",
          file, table.columns()[at], type.catalogString());
    }
    return functions.col(column(at));
  }

  /** Whole numbers without a fraction, which columns with gaps write as 3.0. */
  private static String text(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8).strip();
    }
    if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
      return text((Number) value);
    }
    return value.toString().strip();
  }

  /** Without an exponent, which Java writes from ten million on. */
  private static String text(Number number) {
    if (Double.isNaN(number.doubleValue())) {
      return "";
    }
    return Double.isInfinite(number.doubleValue())
        ? number.toString()
        : new BigDecimal(number.toString()).toPlainString().replaceAll("\\.0+$", "");
  }
}
