package io.convoy.storage;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/**
 * Records as indented JSON (RFC 8259) and back. Unknown fields are ignored: files gain fields.
 * Jackson refuses what is nested deeper than 1,000.
 */
public final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Json() {}

  /** The record as JSON, UTF-8. */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("convoy's own records are JSON", e);
    }
  }

  /** The map as JSON on one line. */
  public static String line(Map<?, ?> map) {
    try {
      return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(map);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("names and numbers are JSON", e);
    }
  }

  /**
   * The record that the JSON describes, never null.
   *
   * @throws UncheckedIOException if it is not JSON of that shape
   */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      return Optional.ofNullable(MAPPER.readValue(json, type))
          .orElseThrow(() -> new IOException("null, and no object"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
