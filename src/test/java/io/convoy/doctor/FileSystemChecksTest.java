package io.convoy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.doctor.BrokenFileSystem.Step;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The folders of input and output: what fails is told, and nothing is left behind. */
class FileSystemChecksTest {
  @TempDir Path disk;

  private Storage folder() {
    return Storage.at(disk.toString(), new Configuration());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(disk)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void anOutputThatCanBeWrittenIsOkAndAsItWas() throws IOException {
    Files.writeString(disk.resolve("mine"), "");
    assertEquals(
        CheckResult.ok("wrote, listed, read, deleted a file by file"),
        new OutputCheck().run(folder(), ""));
    assertEquals(List.of("mine"), names());
  }

  @ParameterizedTest
  @CsvSource({"WRITE, cannot write in", "LIST, cannot list in", "READ, cannot read in"})
  void theStepThatFailsIsNamedAndLeavesNothing(Step step, String told) throws IOException {
    CheckResult result = new OutputCheck().run(BrokenFileSystem.at(disk, step), "");
    assertTrue(result.found().startsWith(told), result.found());
    assertTrue(result.found().endsWith(": out of order"), result.found());
    assertEquals(OutputCheck.REMEDY, result.remedy());
    assertEquals(List.of(), names());
  }

  @Test
  void aFileThatCannotBeDeletedFails() {
    CheckResult result = new OutputCheck().run(BrokenFileSystem.at(disk, Step.DELETE), "");
    assertTrue(result.found().startsWith("cannot delete in"), result.found());
  }

  @Test
  void theTimeOfTheFileSystemIsKept() {
    OutputCheck output = new OutputCheck();
    output.run(BrokenFileSystem.at(disk, Step.CLOCK), "");
    assertEquals(3_600_000, output.written().orElseThrow().modified());
  }

  @Test
  void whatWasNotWrittenHasNoTime() {
    OutputCheck output = new OutputCheck();
    output.run(BrokenFileSystem.at(disk, Step.WRITE), "");
    assertTrue(output.written().isEmpty());
  }

  @Test
  void aFolderThatTheDriverCouldNotMakeFails() {
    CheckResult result = new OutputCheck().run(folder().child("none"), "");
    assertTrue(result.found().endsWith("none cannot be made"), result.found());
  }

  @Test
  void aFolderThatOnlyTheDriverHasFails() throws IOException {
    CheckResult result = new OutputCheck().run(folder(), ".convoy-doctor-of-the-driver.tmp");
    assertTrue(result.found().endsWith("is not the driver's folder"), result.found());
    assertTrue(result.remedy().contains("all machines share"), result.remedy());
    assertEquals(List.of(), names());
  }

  @Test
  void theFileOfTheDriverIsSeenWhileItsFolderIsOpen() throws IOException {
    try (OutputFolder open = new OutputFolder(folder())) {
      assertEquals("", new OutputCheck().run(folder(), open.marker()).remedy());
    }
    assertEquals(List.of(), names());
  }

  @Test
  void foldersThatWereMadeAreTakenAway() throws IOException {
    try (OutputFolder open = new OutputFolder(folder().child("a/b/c"))) {
      assertTrue(Files.exists(disk.resolve("a/b/c").resolve(open.marker())));
    }
    assertEquals(List.of(), names());
  }

  @Test
  void aFolderThatWasThereBeforeStaysThoughItIsEmpty() throws IOException {
    Files.createDirectory(disk.resolve("a"));
    try (OutputFolder open = new OutputFolder(folder().child("a"))) {
      assertFalse(open.marker().isEmpty());
    }
    assertEquals(List.of("a"), names());
  }

  @Test
  void aFolderIntoWhichSomebodyPutSomethingStays() throws IOException {
    try (OutputFolder open = new OutputFolder(folder().child("a/b"))) {
      Files.writeString(disk.resolve("a/theirs"), open.marker());
    }
    assertTrue(Files.exists(disk.resolve("a/theirs")));
    assertFalse(Files.exists(disk.resolve("a/b")));
  }

  @Test
  void aPhotoInAFolderOfTheInputIsRead() throws IOException {
    Files.createDirectories(disk.resolve("photos/cats"));
    Files.writeString(disk.resolve("photos/notes.txt"), "no photo");
    Files.writeString(disk.resolve("photos/cats/1.jpg"), "not decoded here");
    assertEquals(
        CheckResult.ok("listed, read 1.jpg by file"), InputCheck.of(folder().child("photos")));
  }

  @Test
  void anInputWithoutImagesFails() throws IOException {
    Files.createDirectories(disk.resolve(".hidden"));
    Files.writeString(disk.resolve(".hidden/1.jpg"), "");
    assertTrue(InputCheck.of(folder()).found().endsWith("has no image"));
  }

  @Test
  void anInputThatIsNotThereFails() throws IOException {
    assertEquals(InputCheck.REMEDY, InputCheck.of(folder().child("none")).remedy());
  }

  @Test
  void aFileIsNoInput() throws IOException {
    Files.writeString(disk.resolve("1.jpg"), "");
    assertTrue(InputCheck.of(folder().child("1.jpg")).found().endsWith("is a file"));
  }

  @ParameterizedTest
  @EnumSource(names = {"LIST", "READ"})
  void anInputThatCannotBeListedOrReadBecomesARowOfOneLine(Step step) throws IOException {
    Files.writeString(disk.resolve("1.jpg"), "not decoded here");
    List<Finding> findings =
        new CheckRunner("driver")
            .check(
                "images", InputCheck.REMEDY, () -> InputCheck.of(BrokenFileSystem.at(disk, step)))
            .findings();
    assertEquals(
        List.of(new Finding("driver", "images", "out of order", InputCheck.REMEDY)), findings);
  }

  @Test
  void anInputIsNeverWrittenTo() throws IOException {
    Files.writeString(disk.resolve("1.jpg"), "not decoded here");
    assertEquals("", InputCheck.of(BrokenFileSystem.at(disk, Step.WRITE)).remedy());
    assertEquals(List.of("1.jpg"), names());
  }
}
