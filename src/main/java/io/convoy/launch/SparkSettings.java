package io.convoy.launch;

import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.convoy.failure.UserException;
import io.convoy.settings.Entry;
import io.convoy.settings.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Spark's settings that the user gives by their names. */
final class SparkSettings {
  static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  static final String DRIVER_OPTIONS = "spark.driver.extraJavaOptions";
  static final String FILES = "spark.files";

  private static final String PREFIX = "spark.";

  /** What the launcher works out, and the option that it works it out from. */
  private static final Map<String, String> WORKED_OUT =
      Map.ofEntries(
          Map.entry("spark.master", "--master"),
          Map.entry("spark.submit.deployMode", "--deploy-mode"),
          Map.entry("spark.executor.instances", "--executors"),
          Map.entry("spark.executor.cores", "--executor-cores"),
          Map.entry("spark.executor.memory", "--executor-memory"),
          Map.entry("spark.executor.memoryOverhead", "--executor-memory"),
          Map.entry("spark.cores.max", "--executors and --executor-cores"),
          Map.entry("spark.driver.cores", "--driver-cores"),
          Map.entry("spark.driver.memory", "--driver-memory"),
          Map.entry("spark.driver.memoryOverhead", "--driver-memory"),
          Map.entry("spark.kubernetes.container.image", "--image"),
          Map.entry("spark.kubernetes.namespace", "--namespace"));

  private SparkSettings() {}

  /**
   * Settings by their full names: those of the profile by alphabet, then those of the command line.
   *
   * @param block the profile's, whose names lack their leading {@code spark.}
   * @param given {@code KEY=VALUE} of the command line, the later over the earlier
   * @throws UserException if one is no setting of Spark's, or one that the launcher works out
   */
  static Map<String, String> read(Section block, List<String> given) {
    Map<String, String> settings = new LinkedHashMap<>();
    Map<String, ConfigValue> values = new TreeMap<>();
    block
        .object()
        .toConfig()
        .entrySet()
        .forEach(
            entry ->
                values.put(
                    PREFIX + String.join(".", ConfigUtil.splitPath(entry.getKey())),
                    entry.getValue()));
    values.forEach(
        (name, value) -> {
          Entry entry = new Entry(name, value);
          if (name.startsWith(PREFIX + PREFIX)) {
            throw entry.mustBe("written without its leading \"spark.\" in the block spark { }");
          }
          settings.put(
              checked(name), entry.text().orElseThrow(() -> entry.mustBe("a word or a number")));
        });
    for (String setting : given) {
      int equals = setting.indexOf('=');
      if (!setting.startsWith(PREFIX) || equals < 0) {
        throw new UserException(
            "--spark %s: it wants KEY=VALUE of Spark's settings, such as --spark"
                + " spark.eventLog.enabled=true.",
            ShellWords.redacted(setting));
      }
      settings.put(checked(setting.substring(0, equals)), setting.substring(equals + 1));
    }
    return settings;
  }

  private static String checked(String name) {
    if (WORKED_OUT.containsKey(name)) {
      throw new UserException(
          "%s is worked out by the launcher: set %s instead.", name, WORKED_OUT.get(name));
    }
    return name;
  }
}
