package io.convoy.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.image.JpegEncoder;
import io.convoy.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleActionTest {
  private final SparkSession spark = SharedSpark.session();

  @TempDir Path folder;

  @Test
  void anOddNumberGivesOneCatMoreInTheLayoutOfKaggleAndNothingElse() throws IOException {
    new SampleAction(spark).drawAnimals(folder.toUri().toString(), 5, 1);

    assertEquals(
        Set.of(
            "cats/cat.0.jpg",
            "cats/cat.1.jpg",
            "cats/cat.2.jpg",
            "dogs/dog.0.jpg",
            "dogs/dog.1.jpg"),
        files());
  }

  @Test
  void figuresAreDrawnInAsManyClassesAsAskedForOneMoreOfTheFirstOnes() throws IOException {
    new SampleAction(spark).drawFigures(folder.toUri().toString(), 4, 3, 1);

    assertEquals(
        Set.of(
            "class-001/class-001.0.jpg",
            "class-001/class-001.1.jpg",
            "class-002/class-002.0.jpg",
            "class-003/class-003.0.jpg"),
        files());
    assertArrayEquals(
        JpegEncoder.encode(new FigureDrawing(1, 3, 0, 1).paint()),
        Files.readAllBytes(folder.resolve("class-001/class-001.1.jpg")));
  }

  @Test
  void allPartitionsTogetherDrawEveryImage() throws IOException {
    new SampleAction(spark).drawAnimals(folder.toUri().toString(), 601, 1);

    assertEquals(601, files().size());
  }

  @Test
  void sparkWritesWhatThePainterDraws() throws IOException {
    new SampleAction(spark).drawAnimals(folder.toUri().toString(), 12, 4);

    for (AnimalDrawing drawing :
        List.of(new AnimalDrawing(4, Animal.CAT, 5), new AnimalDrawing(4, Animal.DOG, 2))) {
      assertArrayEquals(
          JpegEncoder.encode(AnimalPainter.paint(drawing)),
          Files.readAllBytes(folder.resolve(drawing.path())));
    }
  }

  @Test
  void thePathsFileSystemIsUsedAndNotTheDefaultOne() throws IOException {
    var hadoop = spark.sparkContext().hadoopConfiguration();
    String usual = hadoop.get("fs.defaultFS");
    hadoop.set("fs.defaultFS", "hdfs://nobody.invalid:1");
    try {
      new SampleAction(spark).drawAnimals(folder.toUri().toString(), 2, 1);
    } finally {
      hadoop.set("fs.defaultFS", usual);
    }

    assertEquals(Set.of("cats/cat.0.jpg", "dogs/dog.0.jpg"), files());
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> folder.relativize(path).toString().replace('\\', '/'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
