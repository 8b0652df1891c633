package io.convoy.ingest;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which files of a folder are taken for images: by extension, hidden ones left out. */
public final class ImageFiles {
  private static final List<String> EXTENSIONS =
      List.of("jpg", "jpeg", "jpe", "jfif", "png", "bmp", "webp");
  private static final Pattern HIDDEN = Pattern.compile("(^|/)[._]");

  private ImageFiles() {}

  /**
   * Whether the file takes part: its name ends as an image's does, and neither it nor a folder
   * above it is hidden (begins with a dot or an underscore, as Hadoop has it).
   *
   * @param relativePath the path below the images folder, with {@code /} between its parts
   */
  public static boolean isImage(String relativePath) {
    int dot = relativePath.lastIndexOf('.');
    return dot >= 0
        && EXTENSIONS.contains(relativePath.substring(dot + 1).toLowerCase(Locale.ROOT))
        && !HIDDEN.matcher(relativePath).find();
  }
}
