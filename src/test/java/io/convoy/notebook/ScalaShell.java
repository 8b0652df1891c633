package io.convoy.notebook;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.repl.SparkILoop;
import org.apache.spark.sql.SparkSession;
import scala.Console$;
import scala.Option;
import scala.collection.JavaConverters;
import scala.tools.nsc.Settings;
import scala.tools.nsc.interpreter.IMain;

/**
 * Scala's interpreter as {@code spark-shell} and Zeppelin's Spark interpreter use it, with a
 * session bound to {@code spark}, its context to {@code sc}, and to {@code z}, for Zeppelin's own
 * object, a stand-in.
 */
public final class ScalaShell implements AutoCloseable {
  private static final String SUCCESS = "Success";

  private final Fields fields = new Fields();
  private final StringWriter said = new StringWriter();
  private final SparkILoop loop;

  /** Starts one, which takes seconds. */
  public ScalaShell(SparkSession session) {
    Settings settings = new Settings();
    settings.processArguments(
        list("-Yrepl-class-based", "-classpath", System.getProperty("java.class.path")), true);
    loop = new SparkILoop(Option.empty(), new PrintWriter(said, true));
    loop.settings_$eq(settings);
    loop.createInterpreter();
    interpreter().initializeSynchronous();
    bind("spark", SparkSession.class, session);
    bind("sc", SparkContext.class, session.sparkContext());
    bind("z", Fields.class, fields);
    for (String names :
        List.of("spark.implicits._", "spark.sql", "org.apache.spark.sql.functions._")) {
      interpret("import " + names);
    }
  }

  private static scala.collection.immutable.List<String> list(String... words) {
    return JavaConverters.asScalaBuffer(List.of(words)).toList();
  }

  private IMain interpreter() {
    return loop.intp();
  }

  private void bind(String name, Class<?> type, Object value) {
    require(interpreter().bind(name, type.getName(), value, list("@transient")), name);
  }

  /** Puts values into the fields of a note. */
  void fill(Map<String, String> values) {
    fields.fill(values);
  }

  /**
   * Compiles and runs code.
   *
   * @return what it printed
   * @throws AssertionError if it does not compile, throws, or is no whole expression
   */
  public String interpret(String code) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    said.getBuffer().setLength(0);
    require(Console$.MODULE$.withOut(printed, () -> interpreter().interpret(code)), code);
    return printed.toString(StandardCharsets.UTF_8);
  }

  private void require(Object result, String what) {
    if (!result.toString().equals(SUCCESS)) {
      throw new AssertionError(result + ": " + said + "\nof\n" + what);
    }
  }

  @Override
  public void close() {
    loop.closeInterpreter();
  }
}
