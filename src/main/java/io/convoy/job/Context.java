package io.convoy.job;

import io.convoy.failure.Printable;
import io.convoy.progress.Progress;
import io.convoy.storage.FolderLock;
import io.convoy.storage.Storage;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * What every command has at hand.
 *
 * @param hadoop Hadoop's configuration, with what spark-submit adds
 * @param spark opens Spark's session on the first call; mistakes are found before that
 * @param out for results
 * @param err for progress and remarks
 * @param log the file that has the log of Spark and DL4J; there may be none
 * @param build version and commit of convoy
 */
public record Context(
    Configuration hadoop,
    Supplier<SparkSession> spark,
    PrintStream out,
    PrintStream err,
    Path log,
    Build build) {

  /**
   * The build that runs.
   *
   * @param version of convoy
   * @param commit of its sources
   */
  public record Build(String version, String commit) {}

  /** The same without a word to the user. */
  Context silent() {
    PrintStream nobody =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Context(hadoop, spark, nobody, nobody, log, build);
  }

  /** The place that a path or URI names. */
  public Storage storage(String location) {
    return Storage.at(location, hadoop);
  }

  /** Locks a folder against other runs. */
  FolderLock lock(Storage folder) {
    return FolderLock.take(folder, FolderLock.Pause.real(), line -> remark("%s%n", line));
  }

  /** Prints a line or more of the result, the same in every language that Java knows. */
  void print(String format, Object... arguments) {
    out.print(printable(format, arguments));
  }

  /** Tells the user something beside the result. */
  void remark(String format, Object... arguments) {
    err.print(printable(format, arguments));
  }

  /** Places are names of the user's, in one line whatever they are called. */
  private static String printable(String format, Object... arguments) {
    Object[] inOneLine =
        Arrays.stream(arguments)
            .map(each -> each instanceof Storage place ? Printable.of(place.toString()) : each)
            .toArray();
    return Printable.lines(String.format(Locale.ROOT, format, inOneLine));
  }

  Progress progress(String task, long images) {
    return Progress.start(task, images, err);
  }
}
