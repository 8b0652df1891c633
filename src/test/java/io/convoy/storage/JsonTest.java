package io.convoy.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  /** A record to write. */
  public record Animal(String name, int legs) {}

  @Test
  void aRecordIsReadAsItWasWritten() {
    Animal cat = new Animal("Kätzchen \"Mia\"", 4);

    assertEquals(cat, Json.read(Json.write(cat), Animal.class));
  }

  @Test
  void fieldsOfALaterVersionAreIgnored() {
    byte[] json = bytes("{\"name\": \"Mia\", \"legs\": 4, \"colour\": \"black\"}");

    assertEquals(new Animal("Mia", 4), Json.read(json, Animal.class));
  }

  @Test
  void garbageIsRefused() {
    assertThrows(UncheckedIOException.class, () -> Json.read(bytes("<html>"), Animal.class));
    assertThrows(UncheckedIOException.class, () -> Json.read(new byte[0], Animal.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{\"name\": \"Mia\", \"legs\": 4, \"legs\": 5}",
        "{\"name\": \"Mia\", \"legs\": 4.7}",
        "{\"name\": \"Mia\", \"legs\": 9999999999}",
        "{\"name\": \"Mia\", \"legs\": 4} {}"
      })
  void whatDescribesNoSuchRecordIsRefused(String json) {
    assertThrows(UncheckedIOException.class, () -> Json.read(bytes(json), Animal.class));
  }

  @Test
  void whatIsNestedWithoutEndIsRefused() {
    String deep = "{\"tail\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThrows(UncheckedIOException.class, () -> Json.read(bytes(deep), Animal.class));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
