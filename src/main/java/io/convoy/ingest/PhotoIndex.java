package io.convoy.ingest;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds the photos of a folder by what a table calls them: their paths below the folder, with or
 * without extension, whatever the slashes, and in other capitals where that is one photo alone.
 */
final class PhotoIndex {
  private static final Pattern EXTENSION = Pattern.compile("\\.[^./]*$");

  /** {@code ./} and doubled slashes. */
  private static final Pattern NOTHING = Pattern.compile("(?<=^|/)(\\./|/)+");

  private final Map<String, PhotoFile> exactly = new HashMap<>();
  private final Map<String, List<PhotoFile>> loosely = new HashMap<>();

  PhotoIndex(List<PhotoFile> photos) {
    for (PhotoFile photo : photos) {
      String name = loose(photo.path());
      exactly.put(photo.path(), photo);
      add(name, photo);
      add(EXTENSION.matcher(name).replaceFirst(""), photo);
    }
  }

  private void add(String name, PhotoFile photo) {
    loosely.computeIfAbsent(name, any -> new ArrayList<>(1)).add(photo);
  }

  /** macOS takes accents apart in the names of files. */
  private static String loose(String path) {
    return Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  /** The photos that may be meant by a path below the folder: none, one, or several. */
  List<PhotoFile> find(String path) {
    if (exactly.containsKey(path)) {
      return List.of(exactly.get(path));
    }
    String plain = NOTHING.matcher(path.replace('\\', '/')).replaceAll("");
    if (exactly.containsKey(plain)) {
      return List.of(exactly.get(plain));
    }
    return loosely.getOrDefault(loose(plain), List.of());
  }
}
