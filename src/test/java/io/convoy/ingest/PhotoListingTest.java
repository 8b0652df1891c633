package io.convoy.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each photo is used, or has a fault, or is counted among the files passed over. */
class PhotoListingTest {
  private static final byte[] BYTES = {1, 2, 3};

  @TempDir Path disk;

  private PhotoFolder folder() {
    return new PhotoFolder(disk.resolve("photos"));
  }

  private static List<String> paths(PhotoListing listing) {
    return listing.photos().stream().map(PhotoFile::path).toList();
  }

  @Test
  void photosAreListedInTheOrderOfTheirPaths() {
    PhotoFolder photos =
        folder().put("b/dog.jpg", BYTES).put("a.jpg", BYTES).put("_raw/_DSC0001.JPG", BYTES);

    assertEquals(
        List.of("_raw/_DSC0001.JPG", "a.jpg", "b/dog.jpg"),
        paths(PhotoListing.of(photos.storage())));
  }

  @Test
  void whatIsPassedOverIsCountedByKind() {
    PhotoFolder photos =
        folder()
            .put("cat.jpg", BYTES)
            .put("u.HEIC", BYTES)
            .put("v.HEIC", BYTES)
            .put("k.jpg?w=100", BYTES)
            .put("i", BYTES)
            .put(".DS_Store", BYTES)
            .put("._cat.jpg", BYTES)
            .put("@eaDir/cat.jpg/SYNOPHOTO_THUMB_M.jpg", BYTES)
            .put("Thumbs.db", BYTES);

    assertEquals(
        "passed over: 8 files (.HEIC 2, hidden 2, of the system, thumbnails and caches 2,"
            + " .jpg?w=100 1, without an extension 1)",
        PhotoListing.of(photos.storage()).passedOver().toString());
  }

  @Test
  void aFolderWithoutPhotosTellsWhatElseIsThere() {
    PhotoFolder photos = folder().put("u.HEIC", BYTES);

    UserException e = assertThrows(UserException.class, () -> PhotoListing.of(photos.storage()));

    assertTrue(e.getMessage().contains("passed over: 1 file (.HEIC 1)"), e.getMessage());
  }

  @Test
  void aLinkToNothingHasAFault() throws IOException {
    PhotoFolder photos = folder().put("cats/cat.0.jpg", BYTES);
    link("cats/cat.1.jpg", disk.resolve("gone.jpg"));
    link("cats/cat.2.jpg", Path.of("cat.2.jpg"));
    link("cats/more", disk.resolve("gone"));

    PhotoListing listing = PhotoListing.of(photos.storage());

    assertEquals(List.of("cats/cat.0.jpg", "cats/cat.1.jpg", "cats/cat.2.jpg"), paths(listing));
    assertEquals("a link to nothing: " + disk.resolve("gone.jpg"), listing.photos().get(1).fault());
    assertEquals("a link to nothing: cat.2.jpg", listing.photos().get(2).fault());
    assertEquals(Map.of("links to nothing", 1L), listing.passedOver().kinds());
  }

  @Test
  void linksToPhotosAndFoldersAreFollowed() throws IOException {
    new PhotoFolder(disk.resolve("elsewhere")).put("cat.1.jpg", BYTES).put("one.jpg", BYTES);
    PhotoFolder photos = folder().put("cat.0.jpg", BYTES);
    link("cats", disk.resolve("elsewhere"));
    link("dog.0.jpg", disk.resolve("elsewhere/one.jpg"));

    PhotoListing listing = PhotoListing.of(photos.storage());

    assertEquals(
        List.of("cat.0.jpg", "cats/cat.1.jpg", "cats/one.jpg", "dog.0.jpg"), paths(listing));
    assertEquals(3, listing.photos().get(3).bytes());
  }

  @Test
  void linksInCirclesAreReadOnce() throws IOException {
    PhotoFolder photos = folder().put("cats/cat.0.jpg", BYTES).put("dogs/dog.0.jpg", BYTES);
    link("cats/loop", Path.of(".."));
    link("dogs/loop", Path.of("../cats"));
    link("a", Path.of("dogs"));

    PhotoListing listing =
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> PhotoListing.of(photos.storage()));

    assertEquals(List.of("cats/cat.0.jpg", "dogs/dog.0.jpg"), paths(listing));
    assertEquals(
        "passed over: 3 folders (links to folders that are read already 3)",
        listing.passedOver().toString());
  }

  @Test
  void aNameInBytesThatTheLocaleCannotReadHasAFault() throws Exception {
    PhotoFolder photos = folder().put("cat.0.jpg", BYTES);
    String shell = "touch \"$(printf 'cat.\\351.jpg')\"";
    Process process =
        new ProcessBuilder("sh", "-c", shell).directory(disk.resolve("photos").toFile()).start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assumeTrue(process.exitValue() == 0, "the file system takes UTF-8 alone");
    assumeTrue(!ISO_8859_1.name().equals(System.getProperty("sun.jnu.encoding")));

    PhotoListing listing = PhotoListing.of(photos.storage());

    assertEquals(2, listing.photos().size());
    assertTrue(
        listing.photos().get(1).fault().startsWith("its name cannot be read in this locale's"),
        listing.photos().toString());
  }

  @Test
  void whatIsNoRegularFileIsPassedOver() throws Exception {
    PhotoFolder photos = folder().put("cat.0.jpg", BYTES);
    Process process =
        new ProcessBuilder("mkfifo", disk.resolve("photos/cat.1.jpg").toString()).start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));

    PhotoListing listing = PhotoListing.of(photos.storage());

    assertEquals(List.of("cat.0.jpg"), paths(listing));
    assertEquals(Map.of("no regular files", 1L), listing.passedOver().kinds());
  }

  @Test
  void aFolderThatMayNotBeReadIsNamed() throws IOException {
    PhotoFolder photos = folder().put("cats/cat.0.jpg", BYTES).put("dogs/dog.0.jpg", BYTES);
    forbid("dogs");

    UserException e = assertThrows(UserException.class, () -> PhotoListing.of(photos.storage()));

    assertTrue(
        e.getMessage().startsWith(disk.resolve("photos/dogs") + ": permission denied"),
        e.getMessage());
  }

  @Test
  void aSystemFolderThatMayNotBeReadIsPassedOver() throws IOException {
    PhotoFolder photos = folder().put("cat.0.jpg", BYTES).put("lost+found/cat.jpg", BYTES);
    forbid("lost+found");

    assertEquals(
        "passed over: 1 folder (of the system, thumbnails and caches 1)",
        PhotoListing.of(photos.storage()).passedOver().toString());
  }

  /** Root may read everything. */
  private void forbid(String name) throws IOException {
    Path place = disk.resolve("photos").resolve(name);
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("---------"));
    assumeTrue(!Files.isReadable(place), "this user may read everything");
  }

  private void link(String name, Path target) throws IOException {
    Files.createSymbolicLink(disk.resolve("photos").resolve(name), target);
  }
}
