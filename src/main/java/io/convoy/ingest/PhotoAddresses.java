package io.convoy.ingest;

import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.security.AccessControlException;

/**
 * Finds photos by their whole addresses, in the folder of photos and out of it. Each folder that is
 * named is listed once.
 */
final class PhotoAddresses {
  private final Storage images;
  private final PhotoIndex index;
  private final Map<String, Folder> folders = new HashMap<>();

  /**
   * @param images the folder of photos
   * @param index of these
   */
  PhotoAddresses(Storage images, PhotoIndex index) {
    this.images = images;
    this.index = index;
  }

  /**
   * A folder that addresses name.
   *
   * @param below its path below the folder of photos, with a slash at its end; empty if it is
   *     elsewhere
   * @param files what is there, by name, if it is elsewhere
   */
  private record Folder(Optional<String> below, Map<String, PhotoFile> files) {}

  /** The photos that may be meant by an address: none, one, or several. */
  List<PhotoFile> find(String address) {
    List<PhotoFile> found = at(address);
    // Spark writes the addresses of files with a %20 for each blank.
    return found.isEmpty() && address.indexOf('%') >= 0 && !address.startsWith("/")
        ? decoded(address).map(this::at).orElse(found)
        : found;
  }

  private static Optional<String> decoded(String address) {
    try {
      return Optional.of(URLDecoder.decode(address.replace("+", "%2B"), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notEncoded) {
      return Optional.empty();
    }
  }

  private List<PhotoFile> at(String address) {
    int slash = address.lastIndexOf('/') + 1;
    Folder folder = folders.computeIfAbsent(address.substring(0, slash), this::open);
    String name = address.substring(slash);
    return folder
        .below()
        .map(below -> index.find(below + name))
        .orElseGet(() -> Optional.ofNullable(folder.files().get(name)).stream().toList());
  }

  private Folder open(String address) {
    String scheme = address.substring(0, address.indexOf('/')).toLowerCase(Locale.ROOT);
    if (scheme.equals("http:") || scheme.equals("https:")) {
      throw new UserException(
          "%s is an address on the web, where convoy reads no photos: download them, and name the files"
              + " in the label file.",
          address);
    }
    Storage folder = Storage.at(address, images.fileSystem().getConf());
    String root = images.toString();
    if (folder.toString().equals(root)) {
      return new Folder(Optional.of(""), Map.of());
    }
    String above = root.endsWith("/") ? root : root + "/";
    if (folder.toString().startsWith(above)) {
      return new Folder(Optional.of(folder.toString().substring(above.length()) + "/"), Map.of());
    }
    return new Folder(Optional.empty(), files(folder));
  }

  private static Map<String, PhotoFile> files(Storage folder) {
    Map<String, PhotoFile> files = new HashMap<>();
    try {
      for (FileStatus file : folder.fileSystem().listStatus(folder.path())) {
        if (file.isFile()) {
          files.put(
              file.getPath().getName(),
              new PhotoFile(file.getPath().toString(), file.getLen(), file.getModificationTime()));
        }
      }
      return files;
    } catch (FileNotFoundException e) {
      return Map.of();
    } catch (AccessControlException e) {
      throw new UserException(
          "%s: permission denied, and the label file names photos there: make it readable.",
          folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": " + e.getMessage(), e);
    }
  }
}
