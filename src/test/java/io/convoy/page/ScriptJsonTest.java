package io.convoy.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptJsonTest {
  private record Named(String name, Double number) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><script>alert(1)</script>",
        "<!-- <script>",
        "]]> & ' \" \\ / \n \r \t \u0000",
        "\u2028 and \u2029",
        "\u65e5\u672c\u8a9e \ud83d\ude3a",
      })
  void whatIsWrittenIsReadAgainAsItWas(String text) throws IOException {
    String json = ScriptJson.write(new Named(text, 1.0));
    assertEquals(text, new ObjectMapper().readTree(json).path("name").asText());
  }

  @Test
  void nothingInItCanEndOrOpenAnElement() {
    String json = ScriptJson.write(List.of("</ScRiPt>", "<!--", "-->", "&lt;", "'"));
    assertFalse(json.matches("(?s).*[<>&'].*"), json);
  }

  @Test
  void theLineEndsOfJavaScriptAreEscaped() {
    assertEquals("\"\\u2028\\u2029\"", ScriptJson.write("\u2028\u2029"));
  }

  @Test
  void whatIsNotDefinedIsNull() {
    assertEquals("{\"name\":null,\"number\":null}", ScriptJson.write(new Named(null, null)));
  }
}
