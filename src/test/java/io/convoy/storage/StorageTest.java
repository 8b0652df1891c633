package io.convoy.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
  private static final byte[] OLD = bytes("old");
  private static final byte[] NEW = bytes("new");

  private final Configuration configuration = new Configuration();
  @TempDir Path disk;

  @Test
  void aHostThatIsUnknownIsToldWithWhatToCheck() {
    String told =
        assertThrows(
                UserException.class, () -> Storage.at("hdfs://no-host.invalid/x", configuration))
            .getMessage();

    assertTrue(told.startsWith("hdfs://no-host.invalid/x cannot be reached: unknown host"), told);
  }

  @Test
  void aFileIsReadAsItWasWritten() {
    Storage file = at("file");

    file.write(out -> out.write(OLD));

    assertArrayEquals(OLD, file.read());
    assertEquals(OLD.length, file.length());
  }

  @Test
  void aSmallFileIsNotReadBeyondMeasure() {
    Storage file = at("file");
    file.write(out -> out.write(new byte[(16 << 20) + 1]));

    String told = assertThrows(UserException.class, file::readSmall).getMessage();

    assertTrue(told.contains("/file is larger than 16 MB"), told);
  }

  @Test
  void aWriteReplacesTheFile() {
    Storage file = at("file");
    file.write(out -> out.write(OLD));

    file.write(out -> out.write(NEW));

    assertArrayEquals(NEW, file.read());
  }

  @Test
  void aWriteReplacesAFolder() throws IOException {
    Files.createDirectories(disk.resolve("place/inner"));

    at("place").write(out -> out.write(NEW));

    assertArrayEquals(NEW, at("place").read());
  }

  @Test
  void aFailingWriteLeavesTheOldFile() {
    Storage file = at("file");
    file.write(out -> out.write(OLD));

    assertThrows(UncheckedIOException.class, () -> file.write(StorageTest::fail));

    assertArrayEquals(OLD, file.read());
  }

  @Test
  void aFailingWriteLeavesNoTemporaryFile() throws IOException {
    assertThrows(UncheckedIOException.class, () -> at("file").write(StorageTest::fail));

    assertEquals(List.of(), names());
  }

  @Test
  void aWriteThatFailsWithABugLeavesNoTemporaryFile() throws IOException {
    Storage.Content content =
        out -> {
          throw new IllegalStateException("a bug");
        };

    assertThrows(IllegalStateException.class, () -> at("file").write(content));

    assertEquals(List.of(), names());
  }

  @Test
  void theOldFileIsThereUntilTheNewOneIsWhole() {
    Storage file = at("file");
    file.write(out -> out.write(OLD));

    file.write(
        out -> {
          assertArrayEquals(OLD, file.read());
          out.write(NEW);
        });
  }

  @Test
  void noOtherFilesAreLeftBesideAFile() throws IOException {
    at("file").write(out -> out.write(OLD));

    assertEquals(List.of("file"), names());
  }

  @Test
  void filesAndFoldersOfALocalDiskAreMadeWithoutAnotherProgram() throws IOException {
    try (Recording started = new Recording()) {
      started.enable("jdk.ProcessStart");
      started.start();

      at("folder").makeFolder();
      at("folder/file").write(out -> out.write(OLD));

      started.stop();
      assertEquals(List.of(), programs(started));
    }
  }

  /** The command lines that name the disk; others in this virtual machine may start more. */
  private List<String> programs(Recording recording) throws IOException {
    Path file = disk.resolve("recording.jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .map(event -> event.getString("command"))
        .filter(command -> command.contains(disk.toString()))
        .toList();
  }

  @Test
  void filesAndFoldersOfALocalDiskHaveThePermissionsThatHadoopsMaskLeaves() throws IOException {
    configuration.set("fs.permissions.umask-mode", "027");

    at("folder").makeFolder();
    at("folder/file").write(out -> out.write(OLD));

    assertEquals("rwxr-x---", permissions("folder"));
    assertEquals("rw-r-----", permissions("folder/file"));
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(disk.resolve(name)));
  }

  @Test
  void whatOthersWriteThroughHadoopsSharedFileSystemKeepsItsChecksums() throws IOException {
    at("ours").write(out -> out.write(OLD));

    try (OutputStream out = shared().create(path("theirs"))) {
      out.write(OLD);
    }

    assertEquals(List.of(".theirs.crc", "ours", "theirs"), names());
  }

  @Test
  void whatOthersReadThroughHadoopsSharedFileSystemIsVerified() throws IOException {
    try (OutputStream out = shared().create(path("theirs"))) {
      out.write(OLD);
    }
    Files.write(disk.resolve("theirs"), NEW);

    assertArrayEquals(NEW, at("theirs").read());

    try (InputStream in = shared().open(path("theirs"))) {
      assertThrows(ChecksumException.class, in::readAllBytes);
    }
  }

  private FileSystem shared() throws IOException {
    return FileSystem.get(disk.toUri(), configuration);
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(disk.resolve(name).toUri());
  }

  @Test
  void aFileThatAnotherProgramChangedIsReadAgain() throws IOException {
    at("file").write(out -> out.write(OLD));

    Files.write(disk.resolve("file"), NEW);

    assertArrayEquals(NEW, at("file").read());
  }

  @Test
  void aDeletedFolderIsGoneWithAllItHolds() throws IOException {
    Files.createDirectories(disk.resolve("folder/inner"));
    Files.write(disk.resolve("folder/inner/file"), OLD);

    at("folder").delete();

    assertFalse(at("folder").exists());
  }

  @Test
  void deletingNothingDoesNothing() {
    at("nothing").delete();

    assertFalse(at("nothing").exists());
  }

  @Test
  void theChildrenOfAFolderComeByName() throws IOException {
    assertEquals(List.of(), at("folder").children());
    for (String name : List.of("b", "a", "c")) {
      at("folder").child(name).write(out -> out.write(OLD));
    }
    assertEquals(
        List.of("a", "b", "c"), at("folder").children().stream().map(Storage::name).toList());
  }

  @Test
  void aNewFileIsWrittenOnlyWhereThereIsNone() {
    assertTrue(at("file").writeNew(OLD));

    assertFalse(at("file").writeNew(NEW));

    assertArrayEquals(OLD, at("file").read());
  }

  @Test
  void whatAKilledWriterLeftIsDeletedAndNothingElse() throws IOException {
    at("folder/file").write(out -> out.write(OLD));
    at("folder/.hidden").write(out -> out.write(OLD));
    at("folder/file").aside().write(out -> out.write(NEW));
    at("folder/deeper/table").aside().child("part").write(out -> out.write(NEW));

    at("folder").deleteUnfinishedWrites();

    assertEquals(
        List.of(".hidden", "deeper", "file"),
        at("folder").children().stream().map(Storage::name).toList());
    assertEquals(List.of(), at("folder/deeper").children());
  }

  @Test
  void oddNamesCanBeWrittenAndRead() {
    for (String name : List.of("a b", "ä#%+[1]{2}*?", "a%20b", "folder/file")) {
      at("odd").child(name).write(out -> out.write(OLD));
      assertArrayEquals(OLD, at("odd").child(name).read(), name);
    }
  }

  @Test
  void aFileWithAColonInItsNameCanBeRead() throws IOException {
    Files.write(disk.resolve("12:30"), OLD);

    assertArrayEquals(OLD, at("").child("12:30").read());
  }

  @Test
  void aFolderThatCannotBeMadeIsTheUsersToMend() throws IOException {
    Files.write(disk.resolve("file"), OLD);

    UserException e = assertThrows(UserException.class, () -> at("file/folder").makeFolder());

    assertTrue(e.getMessage().contains(disk.resolve("file/folder").toString()), e.getMessage());
  }

  @Test
  void anEmptyPathIsTheUsersToMend() {
    assertThrows(UserException.class, () -> Storage.at(" ", configuration));
  }

  @Test
  void anUnknownSchemeIsTheUsersToMend() {
    UserException e =
        assertThrows(UserException.class, () -> Storage.at("nosuch://lab/photos", configuration));

    assertTrue(e.getMessage().startsWith("nosuch://lab/photos: no file system"), e.getMessage());
  }

  @Test
  void aSchemeWhoseClassIsMissingIsTheUsersToMend() {
    configuration.set("fs.far.impl", "no.such.FileSystem");

    UserException e =
        assertThrows(UserException.class, () -> Storage.at("far://lab/photos", configuration));

    assertTrue(e.getMessage().startsWith("far://lab/photos: no file system"), e.getMessage());
  }

  @Test
  void aPathWithoutASchemeIsOnTheDefaultFileSystem() {
    configuration.set("fs.defaultFS", "file:///");

    assertEquals("file", Storage.at("/data", configuration).path().toUri().getScheme());
  }

  private Storage at(String name) {
    return Storage.at(disk.resolve(name).toString(), configuration);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(disk)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void fail(OutputStream out) throws IOException {
    out.write(NEW);
    throw new IOException("disk full");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
