package io.convoy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/** The commit that the jar was built from. */
final class GitCommit {
  private GitCommit() {}

  static Optional<String> ofJar() {
    try (InputStream in = GitCommit.class.getResourceAsStream("git.properties")) {
      if (in == null) {
        return Optional.empty();
      }
      Properties properties = new Properties();
      properties.load(in);
      return Optional.ofNullable(properties.getProperty("git.commit.id.full"))
          .filter(commit -> commit.matches("[0-9a-f]{40}"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
