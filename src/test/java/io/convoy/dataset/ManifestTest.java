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
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            0,
            "1.0",
            List.of("train-00000.u8 0", "validation-00000.u8 0", "test-00000.u8 0"),
            "/labels.csv",
            Map.of("split", "{ by = folders }"));

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
  @CsvSource(
      delimiter = '|',
      value = {
        "height|\"height\" : 4|\"height\" : 0",
        "width|\"width\" : 5|\"width\" : 2000000000",
        "classes|\"cat\"|null",
        "classes|\"cat\"|\"\"",
        "classes|\"cat\"|\"Dog\"",
        "train|\"cat\"|\"cat\", \"cow\"",
        "train|\"examples\" : 3|\"examples\" : 5000",
        "train|\"examplesPerShard\" : 3|\"examplesPerShard\" : 2000000000",
        "rejected|\"rejected\" : 7|\"rejected\" : -1",
        "shardHashes|\"train-00000.u8 0\"|null",
        "shardHashes|\"train-00000.u8 0\", |''"
      })
  void aValueThatNoDataSetHasIsNamed(String key, String found, String instead) throws IOException {
    aManifestIsReadAsItWasWritten();
    Path file = disk.resolve("manifest.json");
    String json = Files.readString(file);
    assertTrue(json.contains(found), json);
    Files.writeString(file, json.replaceFirst(Pattern.quote(found), instead));

    assertTrue(
        error(disk)
            .endsWith("manifest.json: " + key + " makes no sense; prepare the data set again."),
        error(disk));
  }

  @Test
  void aManifestOfTheFirstFormatIsRead() throws IOException {
    aManifestIsReadAsItWasWritten();
    Path file = disk.resolve("manifest.json");
    String json = Files.readString(file);
    assertTrue(json.contains("\"format\" : 2"), json);
    Files.writeString(file, json.replace("\"format\" : 2", "\"format\" : 1"));

    assertEquals(1, Manifest.read(Preparation.storage(disk)).format());
  }

  @Test
  void anotherVersionOfTheFormatIsToldEvenIfItsShapeDiffers() throws IOException {
    Files.writeString(disk.resolve("manifest.json"), "{\"format\": 7, \"train\": \"elsewhere\"}");

    assertTrue(error(disk).contains("has format 7, this convoy reads 1 to 2"), error(disk));
  }

  private static String error(Path dataset) {
    return assertThrows(UserException.class, () -> Manifest.read(Preparation.storage(dataset)))
        .getMessage();
  }
}
