package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.convoy.cli.Command.Existing;
import io.convoy.cli.ExportCommand;
import io.convoy.failure.UserException;
import io.convoy.image.ImageLimits;
import io.convoy.image.ImageSize;
import io.convoy.image.PhotoDecoder;
import io.convoy.settings.ExportSettings;
import io.convoy.settings.ExportSettings.BatchNormalizations;
import io.convoy.settings.ExportSettings.Outputs;
import io.convoy.spark.SharedSpark;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that a run has trained, in other hands. */
class ExportJobTest {
  private static final int HEIGHT = 16;
  private static final int WIDTH = 20;
  private static final ExportSettings PLAIN =
      new ExportSettings(BatchNormalizations.KEPT, Outputs.PROBABILITIES);

  @TempDir static Path folder;
  private static Workplace place;

  @BeforeAll
  static void train() {
    place = new Workplace(folder).withPhotos();
    new RunJob(place.context()).run(place.run("run", Workplace.tinySettings()));
  }

  private static String export(String model, String out, Existing existing) {
    Workplace fresh = new Workplace(folder);
    new ExportJob(fresh.contextWithoutSpark())
        .run(new ExportCommand(place.at(model), place.at(out), PLAIN, existing));
    return fresh.out();
  }

  private static String refused(String model, String out) {
    String message =
        assertThrows(UserException.class, () -> export(model, out, Existing.KEEP)).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @Test
  void theFileSaysOfAPhotoWhatTheRunSaid() throws Exception {
    String told = export("run/models/deep", "new/deep.onnx", Existing.KEEP);

    assertTrue(
        told.endsWith("images: uint8 [N, 16, 20, 3], probabilities: float32 [N, 2], dog, cat\n"),
        told);
    List<Row> predictions =
        SharedSpark.session()
            .read()
            .parquet(place.at("run/tables/predictions.parquet"))
            .where("architecture = 'deep'")
            .select("path", "probability")
            .collectAsList();
    assertTrue(predictions.size() > 5, predictions::toString);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(place.at("new/deep.onnx"))) {
      for (Row row : predictions) {
        byte[] photo = Files.readAllBytes(place.path("photos").resolve(row.getString(0)));
        byte[] pixels =
            new PhotoDecoder(new ImageSize(HEIGHT, WIDTH), new ImageLimits(1_000_000))
                .decode(photo);
        ByteBuffer buffer = ByteBuffer.allocateDirect(pixels.length).put(pixels).rewind();
        long[] shape = {1, HEIGHT, WIDTH, 3};
        try (OnnxTensor images =
                OnnxTensor.createTensor(environment, buffer, shape, OnnxJavaType.UINT8);
            OrtSession.Result result =
                session.run(Map.<String, OnnxTensorLike>of("images", images))) {
          float[][] probabilities = (float[][]) result.get(0).getValue();
          assertEquals(row.getDouble(1), probabilities[0][1], 1e-5);
          assertEquals(1 - row.getDouble(1), probabilities[0][0], 1e-5);
        }
      }
    }
  }

  @Test
  void aFileIsReplacedOnlyWhereThatIsAskedFor() {
    export("run/models/deep", "kept.onnx", Existing.KEEP);

    assertTrue(refused("run/models/wide", "kept.onnx").contains("--overwrite to replace it"));
    assertTrue(export("run/models/wide", "kept.onnx", Existing.OVERWRITE).contains("wide as ONNX"));
  }

  @Test
  void noFolderAndNoModelIsOverwritten() {
    assertTrue(refused("run/models/deep", "photos").contains("photos is a folder; name a file"));
    String message =
        assertThrows(
                UserException.class,
                () -> export("run/models/deep", "run/models/deep/best.zip", Existing.OVERWRITE))
            .getMessage();
    assertTrue(message.contains("best.zip is the model itself"), message);
  }

  @Test
  void aModelThatIsNotThereIsNamed() {
    assertTrue(refused("run/models/none", "x.onnx").contains("run/models/none: there is no such"));
    assertTrue(!Files.exists(place.path("x.onnx")));
  }
}
