package io.convoy.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** S3 with one bucket, {@code lab}, and keys that it makes up. */
public final class S3Server implements AutoCloseable {
  private static final String BUCKET = "lab";

  /** The folder with hadoop-aws and what it needs. */
  static final Path CLIENT = Path.of("target/servers/s3a");

  /** One for all file systems, as the client registers its statistics with Hadoop once. */
  private static final ClassLoader LOADER =
      new URLClassLoader(clientJars(), S3Server.class.getClassLoader());

  private final ServerProcess process;
  private final Keys keys;

  private S3Server(ServerProcess process, Keys keys) {
    this.process = process;
    this.keys = keys;
  }

  /**
   * What a client signs its requests with.
   *
   * @param id which the requests show
   * @param secret which nothing may show
   */
  public record Keys(String id, String secret) {
    /** Ones that nobody else has. */
    public static Keys random() {
      byte[] bytes = new byte[26];
      new Random().nextBytes(bytes);
      String text = HexFormat.of().formatHex(bytes);
      return new Keys(text.substring(0, 20), text.substring(20));
    }

    /** The variables by which AWS's tools, and Spark's driver, are given them. */
    public Map<String, String> environment() {
      return Map.of("AWS_ACCESS_KEY_ID", id, "AWS_SECRET_ACCESS_KEY", secret);
    }

    /** Spark's settings by which s3a is given them. */
    public Map<String, String> settings() {
      return Map.of("spark.hadoop.fs.s3a.access.key", id, "spark.hadoop.fs.s3a.secret.key", secret);
    }
  }

  /**
   * Starts it, empty; the objects are in its memory.
   *
   * @param folder for its log
   */
  public static S3Server start(Path folder) throws IOException, InterruptedException {
    Keys keys = Keys.random();
    Map<String, String> environment = new TreeMap<>(keys.environment());
    environment.put("LOG_LEVEL", "warn");
    return new S3Server(
        ServerProcess.start(
            "S3Main.java",
            "target/servers/s3proxy/*",
            environment,
            folder.resolve("s3.log"),
            BUCKET),
        keys);
  }

  /** Its keys. */
  public Keys keys() {
    return keys;
  }

  /** Its address, {@code http://127.0.0.1:PORT}. */
  public URI endpoint() {
    return URI.create(process.address());
  }

  /** The URI of a path, which begins with a slash. */
  public static String uri(String path) {
    return "s3a://" + BUCKET + path;
  }

  /**
   * Spark's settings for a client, but for the keys.
   *
   * @param endpoint of this server, or of what stands before it
   */
  public static Map<String, String> settings(URI endpoint) {
    return Map.of(
        "spark.hadoop.fs.s3a.endpoint", endpoint.toString(),
        "spark.hadoop.fs.s3a.path.style.access", "true",
        "spark.hadoop.fs.s3a.connection.ssl.enabled", "false");
  }

  /** The file system, for the tests' own eyes; the caller closes it. */
  public FileSystem fileSystem() throws IOException {
    Map<String, String> settings = new TreeMap<>(settings(endpoint()));
    settings.putAll(keys.settings());
    Configuration configuration = new Configuration();
    settings.forEach((key, value) -> configuration.set(key.replace("spark.hadoop.", ""), value));
    configuration.setClassLoader(LOADER);
    return FileSystem.newInstance(URI.create(uri("/")), configuration);
  }

  /** They are not on the class path of the tests, as only the tests on clusters have them. */
  private static URL[] clientJars() {
    List<URL> jars = new ArrayList<>();
    for (File jar : CLIENT.toFile().listFiles()) {
      try {
        jars.add(jar.toURI().toURL());
      } catch (MalformedURLException e) {
        throw new UncheckedIOException(e);
      }
    }
    return jars.toArray(URL[]::new);
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
