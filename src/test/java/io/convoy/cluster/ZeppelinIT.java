package io.convoy.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.convoy.notebook.Notebook;
import io.convoy.notebook.Notebook.Paragraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * The notebook in a real Zeppelin server, which reads it and renders its text. What it computes is
 * in {@code NotebookTest}.
 */
@Tag("cluster")
@Timeout(300)
class ZeppelinIT {
  private static final String ID = "2CONVOY01";

  @TempDir static Path folder;
  @AutoClose private static ZeppelinServer zeppelin;
  private static Notebook note;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    requireServer();
    note = Notebook.read(Notebook.FILE);
    zeppelin = ZeppelinServer.start(folder, Notebook.FILE, ID);
  }

  private static void requireServer() {
    if (!ZeppelinServer.isHere()) {
      String missing =
          "NOT TESTED: the notebook in Zeppelin, whose server is not in target/servers; mvn -Pcluster"
              + " fetches it";
      if (System.getenv("CI") != null) {
        fail(missing);
      }
      System.err.println(missing);
      throw new TestAbortedException(missing);
    }
  }

  @Test
  void theServerListsTheNote() throws IOException, InterruptedException {
    JsonNode notes = zeppelin.get("");
    assertEquals(1, notes.size(), notes::toString);
    assertEquals(ID, notes.get(0).path("id").asText());
    assertEquals("/compare-architectures", notes.get(0).path("path").asText());
  }

  @Test
  void theServerReadsEveryParagraphWithItsChart() throws IOException, InterruptedException {
    List<Paragraph> read = new ArrayList<>();
    for (JsonNode paragraph : zeppelin.get("/" + ID).path("paragraphs")) {
      read.add(Paragraph.of(paragraph));
    }
    assertEquals(note.paragraphs().size(), read.size());
    for (int i = 0; i < read.size(); i++) {
      assertEquals(note.paragraphs().get(i).interpreter(), read.get(i).interpreter());
      assertEquals(note.paragraphs().get(i).code(), read.get(i).code());
      assertEquals(
          note.paragraphs().get(i).graph().path("keys").size(),
          read.get(i).graph().path("keys").size());
    }
  }

  @Test
  void everyTextIsRendered() throws IOException, InterruptedException {
    List<Paragraph> texts = note.of("%md");
    assertFalse(texts.isEmpty());
    for (Paragraph text : texts) {
      JsonNode result = zeppelin.run(ID, text.id());
      assertEquals("SUCCESS", result.path("code").asText(), result::toString);
      String html = result.path("msg").path(0).path("data").asText();
      assertEquals("HTML", result.path("msg").path(0).path("type").asText(), result::toString);
      assertTrue(html.contains("<p>"), html);
      assertFalse(html.contains("**") || html.contains("\n#"), html);
    }
  }

  /**
   * The server answers 200 to a paragraph that fails, so the test above is worth nothing without.
   */
  @Test
  void aParagraphWithoutAnInterpreterIsNoSuccess() throws IOException, InterruptedException {
    JsonNode result = zeppelin.run(ID, note.of("%spark").get(0).id());
    assertFalse(result.path("code").asText().equals("SUCCESS"), result::toString);
  }
}
