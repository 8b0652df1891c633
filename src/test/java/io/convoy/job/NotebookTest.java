package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.spark.SharedSpark;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notebook's paragraphs in Spark SQL, with the form filled; not in Zeppelin itself. */
class NotebookTest {
  private static final Set<String> INTERPRETERS = Set.of("%md", "%spark.sql");

  @TempDir Path folder;

  @Test
  void everyParagraphRunsOnTheTablesOfARun() throws IOException {
    Workplace place = new Workplace(folder).withPhotos();
    new RunJob(place.context()).run(place.run("run", Workplace.tinySettings()));
    JsonNode note = new ObjectMapper().readTree(new File("notebooks/compare-architectures.zpln"));
    List<String> queries = new ArrayList<>();
    for (JsonNode paragraph : note.path("paragraphs")) {
      String[] text = paragraph.path("text").asText().split("\n", 2);
      assertTrue(INTERPRETERS.contains(text[0]), text[0]);
      if (text[0].equals("%spark.sql")) {
        queries.add(text[1].replaceAll("\\$\\{run=[^}]*}", place.at("run")));
      }
    }
    assertEquals(5, queries.size());
    for (String query : queries) {
      SharedSpark.session().sql(query).collectAsList();
    }
  }
}
