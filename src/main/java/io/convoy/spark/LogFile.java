package io.convoy.spark;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Sends Spark's own log, whole, to a file on the driver's machine, and nothing of it to the
 * console.
 *
 * @param path of the file
 */
public record LogFile(Path path) {
  private static final String PROPERTY = "convoy.log";

  /**
   * Starts logging into the file that the property {@code convoy.log} names, or a new one in the
   * temporary folder. Where Spark runs the driver on the cluster the log is left to the cluster.
   */
  public static LogFile start() {
    String name =
        "convoy-%s-%d.log"
            .formatted(
                LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")),
                ProcessHandle.current().pid());
    String file =
        System.getProperty(
            PROPERTY, Path.of(System.getProperty("java.io.tmpdir"), name).toString());
    if ("cluster".equals(System.getProperty("spark.submit.deployMode"))) {
      return new LogFile(Path.of("the cluster's log of the driver"));
    }
    System.setProperty(PROPERTY, file);
    Configurator.reconfigure(configuration());
    return new LogFile(Path.of(file));
  }

  private static URI configuration() {
    try {
      return LogFile.class.getResource("log4j2.properties").toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
