package io.convoy.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Params;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Python file has each parameter of the stages, with a getter and a setter. PySpark, which it
 * is for, is neither on Maven Central nor in Debian, so that it is not run here.
 */
class PythonWrapperTest {
  private static final Path FILE = Path.of("src/main/python/convoy.py");

  @TempDir static Path folder;

  private static Set<String> names(Params stage) {
    return Stream.of(stage.params())
        .map(param -> param.name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a pattern finds behind the head of a class, up to the next class. */
  private static Set<String> found(String type, String pattern) throws IOException {
    String text = Files.readString(FILE);
    String body = text.substring(text.indexOf("\nclass " + type + "(") + 1);
    int end = body.indexOf("\nclass ");
    return Pattern.compile(pattern)
        .matcher(end < 0 ? body : body.substring(0, end))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> ofBoth(String type, String pattern) throws IOException {
    Set<String> all = found("_Stage", pattern);
    all.addAll(found(type, pattern));
    return all;
  }

  private static Set<String> methods(Set<String> params, String verb) {
    return params.stream()
        .map(name -> verb + Character.toUpperCase(name.charAt(0)) + name.substring(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void requireSame(String type, Params stage) throws IOException {
    Set<String> params = names(stage);
    assertEquals(params, ofBoth(type, "\n    (\\w+) = Param\\("));
    assertEquals(params, ofBoth(type, "Params\\._dummy\\(\\),\\s+\"(\\w+)\""));
    assertEquals(methods(params, "get"), ofBoth(type, "def (get\\w+)\\(self\\)"));
    assertEquals(methods(params, "set"), ofBoth(type, "def (set\\w+)\\(self, value\\)"));
  }

  @Test
  void theModelsParametersAreThere() throws IOException {
    requireSame("ConvoyModel", ConvoyModel.of(new Trained(folder).ofTwo()));
  }

  @Test
  void theEstimatorsParametersAreThere() throws IOException {
    requireSame("ConvoyClassifier", new ConvoyClassifier());
  }
}
