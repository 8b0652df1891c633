package io.convoy.build;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** What the jar says of itself, in the virtual machine that asks. */
public final class ThisJar {
  private ThisJar() {}

  /** Convoy's version; {@code development} where there is no jar. */
  public static String version() {
    return Optional.ofNullable(ThisJar.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  /** The jar, or the folder of classes, that a class was loaded from. */
  public static Path of(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The commit that it was built from, 40 hexadecimal digits; {@code unknown} outside of git. */
  public static String commit() {
    try (InputStream in = ThisJar.class.getResourceAsStream("/io/convoy/git.properties")) {
      if (in == null) {
        return "unknown";
      }
      Properties properties = new Properties();
      properties.load(in);
      return Optional.ofNullable(properties.getProperty("git.commit.id.full"))
          .filter(commit -> commit.matches("[0-9a-f]{40}"))
          .orElse("unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
