package io.convoy.ingest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which files of a folder are taken for photos, by their names alone. */
public final class PhotoNames {
  /** The kind of files whose name, or that of a folder above them, begins with a dot. */
  static final String HIDDEN = "hidden";

  /** The kind of what operating systems, network disks, cameras and Spark leave beside photos. */
  static final String SYSTEM = "of the system, thumbnails and caches";

  private static final String NO_EXTENSION = "without an extension";

  private static final List<String> EXTENSIONS =
      List.of("jpg", "jpeg", "jpe", "jfif", "png", "bmp", "webp");

  /** In small letters, as network disks change capitals. */
  private static final Set<String> SYSTEM_NAMES =
      Set.of(
          // Synology, QNAP
          "@eadir",
          "@tmp",
          "@recycle",
          "@recently-snapshot",
          "#recycle",
          "#snapshot",
          // Windows
          "$recycle.bin",
          "recycler",
          "system volume information",
          "thumbs.db",
          "ehthumbs.db",
          "desktop.ini",
          "_vti_cnf",
          // macOS
          "__macosx",
          "network trash folder",
          "temporary items",
          // Linux, Android
          "lost+found",
          "lost.dir",
          // Sony's cameras
          "thmbnl",
          // Hadoop, Spark, convoy
          "_temporary",
          "_spark_metadata",
          "_delta_log",
          "_success",
          "_unfinished",
          "_lock");

  /** Lightroom's previews. */
  private static final String PREVIEWS = ".lrdata";

  private PhotoNames() {}

  /** Whether the file is taken for a photo; see {@link #passedOver}. */
  public static boolean isImage(String relativePath) {
    return passedOver(relativePath).isEmpty();
  }

  /**
   * Why a file is no photo by its name.
   *
   * @param relativePath the path below the images folder, with {@code /} between its parts
   * @return its kind, for people: its extension with the dot, or hidden, or of the system; empty
   *     for a photo
   */
  static Optional<String> passedOver(String relativePath) {
    String[] parts = relativePath.split("/");
    for (String part : parts) {
      String name = part.toLowerCase(Locale.ROOT);
      if (SYSTEM_NAMES.contains(name) || name.endsWith(PREVIEWS)) {
        return Optional.of(SYSTEM);
      }
      if (name.startsWith(".")) {
        return Optional.of(HIDDEN);
      }
    }
    String name = parts[parts.length - 1];
    int dot = name.lastIndexOf('.');
    if (dot < 0 || dot == name.length() - 1) {
      return Optional.of(NO_EXTENSION);
    }
    String extension = name.substring(dot + 1);
    return EXTENSIONS.contains(extension.toLowerCase(Locale.ROOT))
        ? Optional.empty()
        : Optional.of("." + extension);
  }

  /**
   * Whether photos are looked for in a folder.
   *
   * @param relativePath the path below the images folder, with {@code /} between its parts
   */
  public static boolean isSearched(String relativePath) {
    return passedOver(relativePath + "/photo.jpg").isEmpty();
  }
}
