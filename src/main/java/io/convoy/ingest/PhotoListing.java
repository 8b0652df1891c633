package io.convoy.ingest;

import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;

/**
 * The photos of a folder and its sub-folders by their names, listed once, none opened.
 *
 * @param folder the folder
 * @param photos in the order of their paths
 * @param passedOver what else is there
 */
public record PhotoListing(Storage folder, List<PhotoFile> photos, PassedOver passedOver) {

  /**
   * Lists a folder.
   *
   * @throws UserException if there is no such folder, no photo in it, or a sub-folder that may not
   *     be read
   */
  public static PhotoListing of(Storage folder) {
    PhotoListing listing = evenIfEmpty(folder);
    if (listing.photos.isEmpty()) {
      throw listing.withoutPhotos();
    }
    return listing;
  }

  /** Lists a folder that may have no photo in it. */
  public static PhotoListing evenIfEmpty(Storage folder) {
    List<PhotoFile> photos = new ArrayList<>();
    PassedOver.Counter passedOver = new PassedOver.Counter();
    try {
      if (!folder.fileSystem().getFileStatus(folder.path()).isDirectory()) {
        throw new UserException("%s is a file; --images wants the folder of the images.", folder);
      }
      if (folder.fileSystem() instanceof LocalFileSystem) {
        new LocalListing(photos::add, passedOver).list(folder);
      } else {
        list(folder, photos, passedOver);
      }
    } catch (FileNotFoundException e) {
      throw new UserException("%s: there is no such folder; check --images.", folder);
    } catch (AccessControlException e) {
      throw new UserException(
          "%s: permission denied: %s. Make it readable, or move it out of --images.",
          folder, e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": " + e.getMessage(), e);
    }
    photos.sort(Comparator.comparing(PhotoFile::path));
    return new PhotoListing(folder, photos, passedOver.counted());
  }

  /** The paths of the photos below the folder. */
  public List<String> paths() {
    return photos.stream().map(PhotoFile::path).toList();
  }

  /** Asks an object store once for a thousand files, whatever their folders. */
  private static void list(Storage folder, List<PhotoFile> photos, PassedOver.Counter passedOver)
      throws IOException {
    FileSystem files = folder.fileSystem();
    RemoteIterator<LocatedFileStatus> all = files.listFiles(folder.path(), true);
    while (all.hasNext()) {
      LocatedFileStatus file = all.next();
      String path = relative(folder.path().toString(), file.getPath().toString());
      PhotoNames.passedOver(path)
          .ifPresentOrElse(
              passedOver::add,
              () -> photos.add(new PhotoFile(path, file.getLen(), file.getModificationTime())));
    }
  }

  /**
   * The path of a file below a folder, so that tables read the same wherever the folder lies.
   *
   * @param folder its qualified path
   * @param file the file's qualified path
   * @throws IllegalArgumentException if the file is not below the folder
   */
  static String relative(String folder, String file) {
    String above = withoutAuthoritySlashes(folder);
    String root = above.endsWith("/") ? above : above + "/";
    String path = withoutAuthoritySlashes(file);
    if (!path.startsWith(root) || path.length() == root.length()) {
      throw new IllegalArgumentException(file + " is not below " + root);
    }
    return path.substring(root.length());
  }

  /** Hadoop writes file:/a and file:///a for the same file. */
  private static String withoutAuthoritySlashes(String path) {
    return path.startsWith("file:///") ? "file:" + path.substring("file://".length()) : path;
  }

  private UserException withoutPhotos() {
    return new UserException(
        "%s has no image in it (looked for jpg, jpeg, jpe, jfif, png, bmp and webp, in its folders"
            + " too%s).",
        folder, passedOver.isEmpty() ? "" : "; " + passedOver);
  }
}
