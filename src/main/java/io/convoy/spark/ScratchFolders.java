package io.convoy.spark;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * The folders in which Spark keeps what does not fit into memory. Without one that can be written
 * it ends the virtual machine, with status 53 and no word.
 */
public final class ScratchFolders {
  /** The exit status of an executor that has none. */
  public static final int EXIT_CODE = 53;

  /** What such an executor wants. */
  public static final String OF_EXECUTOR =
      "SPARK_LOCAL_DIRS or spark.local.dir must be a folder that can be written on its machine";

  private static final String VARIABLE = "SPARK_LOCAL_DIRS";
  private static final String SETTING = "spark.local.dir";

  private ScratchFolders() {}

  /**
   * Makes sure that one can be written on this machine, as Spark goes on with those that can.
   *
   * @param environment variables, which go over the settings
   * @throws UserException if none can
   */
  static void requireWritable(SparkConf conf, Map<String, String> environment) {
    if (environment.containsKey("CONTAINER_ID")) {
      // YARN gives the folders there.
      return;
    }
    String source = environment.containsKey(VARIABLE) ? VARIABLE : SETTING;
    String folders =
        environment.getOrDefault(VARIABLE, conf.get(SETTING, System.getProperty("java.io.tmpdir")));
    List<String> all =
        Arrays.stream(folders.split(",")).map(String::strip).filter(f -> !f.isEmpty()).toList();
    List<String> obstacles = all.stream().flatMap(folder -> obstacle(folder).stream()).toList();
    if (obstacles.size() == all.size()) {
      throw new UserException(
          "Spark's folder for temporary files cannot be written: %s. Set %s to a folder of a local"
              + " disk that can be.",
          String.join("; ", obstacles), source);
    }
  }

  private static Optional<String> obstacle(String folder) {
    try {
      Path place = Files.createDirectories(Path.of(folder));
      Files.delete(Files.createTempDirectory(place, "convoy"));
      return Optional.empty();
    } catch (AccessDeniedException e) {
      return Optional.of(folder + ": permission denied");
    } catch (IOException | RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      return Optional.of(message.contains(folder) ? message : folder + ": " + message);
    }
  }
}
