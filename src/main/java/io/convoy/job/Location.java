package io.convoy.job;

import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a place is, to compare it with others.
 *
 * @param uri of the place, ended by a slash; on a local disk without symbolic links
 */
record Location(String uri) {

  static Location of(Storage place) {
    java.net.URI uri = place.path().toUri();
    if (!"file".equals(uri.getScheme())) {
      return new Location(withSlash(uri.toString()));
    }
    return new Location(withSlash("file:" + real(Path.of(uri.getPath()))));
  }

  /** Whether the other is this place, or below it. */
  boolean holds(Location other) {
    return other.uri.startsWith(uri);
  }

  /** Follows symbolic links as far as the path exists. */
  private static Path real(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      return path;
    }
    try {
      return Files.exists(path) ? path.toRealPath() : real(parent).resolve(path.getFileName());
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": " + e.getMessage(), e);
    }
  }

  private static String withSlash(String uri) {
    return uri.endsWith("/") ? uri : uri + "/";
  }
}
