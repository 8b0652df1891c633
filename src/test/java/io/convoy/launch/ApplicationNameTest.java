package io.convoy.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationNameTest {
  @ParameterizedTest
  @CsvSource({
    "train --data /data/sets/photos --out /data/runs/first, convoy train photos -> first",
    "run --out=hdfs:///runs/first/ --images=hdfs:///photos, convoy run photos -> first",
    "predict --model first/models/conv24 --images cat.0.jpg, convoy predict cat.0.jpg",
    "sample --out drawings --images 2000, convoy sample 2000 -> drawings",
    "doctor, convoy doctor",
    "--help, convoy",
  })
  void itSaysCommandDataAndRun(String line, String name) {
    assertEquals(name, ApplicationName.of(List.of(line.split(" "))));
  }

  @ParameterizedTest
  @CsvSource({
    "s3a://key:secret@lab/photos, photos",
    "s3a://key:secret@lab, lab",
    "s3a://lab/photos?token=secret, photos",
    "https://lab/photos/?sig=a/b, photos",
    "abfss://box@account/photos#secret, photos",
  })
  void itTellsNoSecretsOfAddresses(String place, String told) {
    assertEquals("convoy survey " + told, ApplicationName.of(List.of("survey", "--images", place)));
  }

  @Test
  void aNameIsOneShortLine() {
    assertEquals(
        "convoy survey a b", ApplicationName.of(List.of("survey", "--images", "/x/a\n\tb")));
    assertEquals(
        "convoy survey " + "n".repeat(40) + "...",
        ApplicationName.of(List.of("survey", "--images", "n".repeat(300))));
  }
}
