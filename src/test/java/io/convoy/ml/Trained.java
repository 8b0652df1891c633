package io.convoy.ml;

import io.convoy.Convoy;
import io.convoy.sample.SampleAction;
import io.convoy.spark.SharedSpark;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Photos and tiny networks that were trained on them, in seconds.
 *
 * @param folder that all of it lies in
 */
record Trained(Path folder) {
  private static final SparkSession SPARK = SharedSpark.session();

  /** Of a network of two layers, trained for one epoch. */
  static final String TINY =
      "{layers=[{conv=2,kernel=3},{dense=3}], loss=cross-entropy, batch=8, epochs=1,"
          + " optimizer{name=adam, learning-rate=1e-3}}";

  String at(String name) {
    return folder.resolve(name).toString();
  }

  /** A model of cats and dogs, which sees each photo and its mirror image. */
  String ofTwo() {
    new SampleAction(SPARK).drawAnimals(at("photos"), 40, 1);
    return train("photos", "two", List.of("dog", "cat"), ", test-time-augmentation=mirror");
  }

  /** A model of five figures. */
  String ofFive() {
    new SampleAction(SPARK).drawFigures(at("figures"), 60, 5, 1);
    return train("figures", "five", "auto", "");
  }

  private String train(String photos, String run, Object classes, String more) {
    return Convoy.run(SPARK, at(photos))
        .set("images.height", 16)
        .set("images.width", 20)
        .set("images.classes", classes)
        .set("architectures", "null")
        .set("architectures.tiny", TINY.replace("epochs=1", "epochs=1" + more))
        .writeTo(at(run))
        .best()
        .orElseThrow()
        .file();
  }

  /** The files below a folder, as Spark reads them. */
  Dataset<Row> files(String name) {
    return SPARK
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", true)
        .load(at(name))
        .select("path", "content");
  }
}
