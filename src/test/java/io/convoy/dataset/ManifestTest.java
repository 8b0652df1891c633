package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  @TempDir Path disk;

  @Test
  void aManifestIsReadAsItWasWritten() {
    SplitCounts counts = new SplitCounts(3, List.of(1, 2), 1, 3);
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT,
            "id",
            "hash",
            "/photos",
            List.of("dog", "cat"),
            4,
            5,
            counts,
            counts,
            counts,
            7,
            "1.0",
            List.of("train-00000.u8 0"));

    manifest.write(Preparation.storage(disk));

    assertTrue(Manifest.isIn(Preparation.storage(disk)));
    assertEquals(manifest, Manifest.read(Preparation.storage(disk)));
  }

  @Test
  void aMissingDataSetIsNamed() {
    assertTrue(
        error(disk.resolve("none"))
            .endsWith("none: there is no such data set; make it with prepare."));
  }

  @Test
  void aDataSetWithoutAManifestIsNotFinished() {
    assertFalse(Manifest.isIn(Preparation.storage(disk)));
    assertTrue(error(disk).contains("is not a finished data set (it has no manifest.json)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html>", "null", "[]", "{}", "{\"format\": 1}", "{\"format\": \"x\"}"})
  void garbageIsNoManifest(String text) throws IOException {
    Files.writeString(disk.resolve("manifest.json"), text);

    assertTrue(
        error(disk)
            .endsWith("manifest.json is not a manifest of convoy's; prepare the data set again."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"height", "width", "classes", "train"})
  void aValueThatNoDataSetHasIsNamed(String key) throws IOException {
    aManifestIsReadAsItWasWritten();
    Path file = disk.resolve("manifest.json");
    String json =
        Files.readString(file)
            .replace("\"height\" : 4", "\"height\" : " + (key.equals("height") ? 0 : 4))
            .replace("\"width\" : 5", "\"width\" : " + (key.equals("width") ? 2_000_000_000 : 5))
            .replace("\"cat\"", key.equals("classes") ? "null" : "\"cat\"")
            .replace("\"examples\" : 3", "\"examples\" : " + (key.equals("train") ? 5000 : 3));
    Files.writeString(file, json);

    assertTrue(
        error(disk)
            .endsWith("manifest.json: " + key + " makes no sense; prepare the data set again."),
        error(disk));
  }

  @Test
  void anotherVersionOfTheFormatIsToldEvenIfItsShapeDiffers() throws IOException {
    Files.writeString(disk.resolve("manifest.json"), "{\"format\": 7, \"train\": \"elsewhere\"}");

    assertTrue(error(disk).contains("has format 7, this convoy reads 1"), error(disk));
  }

  private static String error(Path dataset) {
    return assertThrows(UserException.class, () -> Manifest.read(Preparation.storage(dataset)))
        .getMessage();
  }
}
