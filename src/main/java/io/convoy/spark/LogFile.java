package io.convoy.spark;

import io.convoy.failure.UserException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Sends Spark's own log, whole, and what native code writes to stderr, to a file on the driver's
 * machine, and nothing of it to the console.
 *
 * @param path of the file
 */
public record LogFile(Path path) {
  private static final String PROPERTY = "convoy.log";
  private static final int KEPT = 10;

  /** The name of a log in the temporary folder, with the number of its process. */
  private static final Pattern NAME = Pattern.compile("convoy-\\d{8}-\\d{6}-(\\d{1,9})\\.log");

  /**
   * Starts logging into the file that the property {@code convoy.log} names, or a new one in the
   * temporary folder. {@code System.err} is another stream afterwards. Where Spark runs the driver
   * on the cluster the log is left to the cluster.
   */
  public static LogFile start() {
    String name =
        "convoy-%s-%d.log"
            .formatted(
                LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")),
                ProcessHandle.current().pid());
    if ("cluster".equals(System.getProperty("spark.submit.deployMode"))) {
      return new LogFile(Path.of("the cluster's log of the driver"));
    }
    String wanted = System.getProperty(PROPERTY);
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    Path file = wanted == null ? ownFile(folder, name) : Path.of(wanted);
    System.setProperty(PROPERTY, file.toString());
    Configurator.reconfigure(configuration());
    NativeStderr.sendTo(file);
    return new LogFile(file);
  }

  /** A file that its owner alone can read, as paths and settings are nobody else's business. */
  private static Path ownFile(Path folder, String name) {
    try {
      deleteOld(folder);
      return Files.createFile(
          folder.resolve(name),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw new UserException(
          "%s, the temporary folder, cannot be written (%s); set TMPDIR to one that can.",
          folder, e.getClass().getSimpleName());
    }
  }

  /** Keeps the newest logs of commands that failed. */
  private static void deleteOld(Path folder) {
    File[] logs = folder.toFile().listFiles((in, name) -> isEnded(name));
    List<File> oldestLast = new ArrayList<>(List.of(logs == null ? new File[0] : logs));
    oldestLast.sort(Comparator.comparing(File::getName).reversed());
    for (File old : oldestLast.subList(Math.min(KEPT, oldestLast.size()), oldestLast.size())) {
      try {
        if (Files.getOwner(old.toPath()).getName().equals(System.getProperty("user.name"))) {
          Files.deleteIfExists(old.toPath());
        }
      } catch (IOException e) {
        // Another command, which begins at this moment too, has deleted it.
      }
    }
  }

  private static boolean isEnded(String name) {
    Matcher own = NAME.matcher(name);
    return own.matches() && ProcessHandle.of(Long.parseLong(own.group(1))).isEmpty();
  }

  /** Deletes the log of a command that ended well, unless it was asked for by name. */
  public void discard() {
    if (NAME.matcher(path.getFileName().toString()).matches()) {
      path.toFile().delete();
    }
  }

  private static URI configuration() {
    try {
      return LogFile.class.getResource("log4j2.properties").toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
