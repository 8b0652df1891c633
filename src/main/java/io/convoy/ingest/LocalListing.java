package io.convoy.ingest;

import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lists a folder of a local disk. Links are followed, but each real folder is read once, under its
 * own path where it has one below the images folder.
 *
 * <p>Hadoop's local file system passes over links to nothing and over names that it cannot decode,
 * follows links in circles, and would start a process a file to ask for its permissions.
 */
final class LocalListing {
  private static final String SEEN = "links to folders that are read already";
  private static final String NOTHING = "links to nothing";
  private static final String NO_FILE = "no regular files";

  private final Consumer<PhotoFile> photos;
  private final PassedOver.Counter passedOver;
  private final Set<Object> seen = new HashSet<>();
  private final Deque<Entry> links = new ArrayDeque<>();

  /**
   * @param photos is shown each photo
   * @param passedOver counts the other files
   */
  LocalListing(Consumer<PhotoFile> photos, PassedOver.Counter passedOver) {
    this.photos = photos;
    this.passedOver = passedOver;
  }

  /**
   * A file or folder.
   *
   * @param file where it is
   * @param path below the images folder
   */
  private record Entry(Path file, String path) {
    Entry child(Path child) {
      String name = child.getFileName().toString();
      return new Entry(child, path.isEmpty() ? name : path + "/" + name);
    }

    /** Whether Java finds the file again by its path as text. */
    boolean hasReadableName() {
      try {
        return Path.of(file.toString()).equals(file);
      } catch (InvalidPathException e) {
        return false;
      }
    }
  }

  /**
   * Lists the folder.
   *
   * @throws UserException if a sub-folder may not be read that may hold photos
   */
  void list(Storage folder) throws IOException {
    read(new Entry(Path.of(folder.path().toUri().getPath()), ""));
    while (!links.isEmpty()) {
      read(links.poll());
    }
  }

  private void read(Entry folder) throws IOException {
    if (!seen.add(key(folder.file))) {
      passedOver.addFolder(SEEN);
      return;
    }
    for (Path child : children(folder)) {
      Entry entry = folder.child(child);
      try {
        look(entry);
      } catch (AccessDeniedException e) {
        // Names may be read of a folder that may not be entered.
        refuse(folder);
        return;
      } catch (NoSuchFileException e) {
        // Deleted since it was listed.
        continue;
      }
    }
  }

  private static Object key(Path folder) throws IOException {
    Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
    return key == null ? folder.toRealPath() : key;
  }

  private List<Path> children(Entry folder) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder.file)) {
      all.forEach(children::add);
    } catch (AccessDeniedException e) {
      refuse(folder);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    children.sort(Comparator.comparing(Path::toString));
    return children;
  }

  /** The photos of a class must not be missing without a word. */
  private void refuse(Entry folder) {
    if (folder.path.isEmpty() || PhotoNames.isSearched(folder.path)) {
      throw new UserException(
          "%s: permission denied: the photos in it cannot be seen; make the folder readable (chmod"
              + " u+rx), or move it out of --images.",
          folder.file);
    }
    passedOver.addFolder(PhotoNames.passedOver(folder.path).orElse(PhotoNames.SYSTEM));
  }

  private void look(Entry entry) throws IOException {
    BasicFileAttributes own =
        Files.readAttributes(entry.file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (own.isDirectory()) {
      read(entry);
    } else if (own.isSymbolicLink()) {
      follow(entry);
    } else {
      file(entry, own);
    }
  }

  private void follow(Entry link) throws IOException {
    BasicFileAttributes target;
    try {
      target = Files.readAttributes(link.file, BasicFileAttributes.class);
    } catch (FileSystemException e) {
      broken(link, e);
      return;
    }
    if (!target.isDirectory()) {
      file(link, target);
    } else if (PhotoNames.isSearched(link.path)) {
      links.add(link);
    } else {
      passedOver.addFolder(PhotoNames.passedOver(link.path).orElse(SEEN));
    }
  }

  /** The target is gone, may not be read, or is a link that leads back to this one. */
  private void broken(Entry link, FileSystemException e) throws IOException {
    Optional<String> kind = PhotoNames.passedOver(link.path);
    if (kind.isEmpty()) {
      String target = Files.readSymbolicLink(link.file).toString();
      String fault =
          e instanceof AccessDeniedException
              ? "a link to what may not be read, permission denied: " + target
              : "a link to nothing: " + target;
      photos.accept(new PhotoFile(link.path, 0, 0, fault));
    } else {
      passedOver.add(NOTHING);
    }
  }

  private void file(Entry entry, BasicFileAttributes file) {
    Optional<String> kind = PhotoNames.passedOver(entry.path);
    if (kind.isPresent()) {
      passedOver.add(kind.get());
    } else if (!file.isRegularFile()) {
      passedOver.add(NO_FILE);
    } else {
      photos.accept(
          new PhotoFile(
              entry.path,
              file.size(),
              file.lastModifiedTime().toMillis(),
              entry.hasReadableName() ? "" : unreadableName()));
    }
  }

  private static String unreadableName() {
    return "its name cannot be read in this locale's encoding, "
        + System.getProperty("sun.jnu.encoding")
        + ": rename it, or set LC_ALL=C.UTF-8";
  }
}
