package io.convoy.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Zeppelin note.
 *
 * @param paragraphs in their order, at least one
 */
public record Notebook(List<Paragraph> paragraphs) {
  /** The one that users get. */
  public static final Path FILE = Path.of("notebooks/compare-architectures.zpln");

  private static final Pattern FORM = Pattern.compile("\\$\\{([^=}]+)=([^}]*)}");

  /**
   * A paragraph.
   *
   * @param id in the note
   * @param interpreter its name, with the percent sign
   * @param code what the interpreter is given, forms unfilled
   * @param results how its results are shown
   */
  public record Paragraph(String id, String interpreter, String code, JsonNode results) {
    /** From its JSON. */
    public static Paragraph of(JsonNode paragraph) {
      String[] text = paragraph.path("text").asText().split("\n", 2);
      if (text.length < 2) {
        throw new AssertionError("A paragraph without a text: " + paragraph);
      }
      return new Paragraph(
          paragraph.path("id").asText(),
          text[0],
          text[1],
          paragraph.path("config").path("results"));
    }

    /** How a table is shown; missing where that is not saved. */
    public JsonNode graph() {
      return results.path("0").path("graph");
    }

    /**
     * The code with the fields of its forms filled, with their defaults where there is no value, as
     * Zeppelin does for {@code %spark.sql}.
     */
    String filled(Map<String, String> values) {
      return FORM.matcher(code)
          .replaceAll(
              form -> Matcher.quoteReplacement(values.getOrDefault(form.group(1), form.group(2))));
    }
  }

  /** Reads a note; one without paragraphs is none. */
  public static Notebook read(Path file) throws IOException {
    List<Paragraph> paragraphs = new ArrayList<>();
    new ObjectMapper()
        .readTree(Files.readAllBytes(file))
        .path("paragraphs")
        .forEach(paragraph -> paragraphs.add(Paragraph.of(paragraph)));
    if (paragraphs.isEmpty()) {
      throw new AssertionError(file + " has no paragraphs");
    }
    return new Notebook(paragraphs);
  }

  /** The paragraphs of an interpreter. */
  public List<Paragraph> of(String interpreter) {
    return paragraphs.stream().filter(one -> one.interpreter().equals(interpreter)).toList();
  }
}
