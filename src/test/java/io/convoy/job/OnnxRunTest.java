package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.cli.PredictCommand;
import io.convoy.failure.UserException;
import io.convoy.onnx.OnnxFiles.Way;
import io.convoy.onnx.SmallNetworks;
import io.convoy.onnx.SmallNetworks.Head;
import io.convoy.settings.Precision;
import io.convoy.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs whose network begins with an ONNX file. */
class OnnxRunTest {
  @TempDir static Path folder;
  private static Workplace place;

  @BeforeAll
  static void trainTwoEpochs() throws IOException {
    Configuration hadoop = SharedSpark.context().hadoopConfiguration();
    DyingFileSystem.register(hadoop);
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
    place = new Workplace(folder, hadoop).withPhotos();
    Files.write(place.path("mobilenet.onnx"), mobilenet());
    place.runOnDyingDisk("tuned", settings("mobilenet.onnx", "0", 2), Optional.empty());
  }

  @AfterEach
  void nobodyDies() {
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
  }

  private static byte[] mobilenet() {
    return SmallNetworks.mobilenet(Way.TORCH, Head.GEMM, 224, 224).asGiven().toByteArray();
  }

  private static SettingsSource settings(String onnx, String freeze, int epochs) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("images.height", "32");
    settings.put("images.width", "32");
    settings.put("architectures", "null");
    settings.put(
        "architectures.tuned",
        "{base{onnx=\"%s\", freeze=\"%s\"}, layers=[], loss=cross-entropy, batch=8, epochs=%d,"
                .formatted(place.at(onnx), freeze, epochs)
            + " optimizer{name=adam, learning-rate=1e-3}}");
    settings.put("train.workers", "2");
    settings.put("train.averaging-frequency", "1");
    return new SettingsSource(List.of(), settings, List.of(), OptionalInt.empty(), Show.NOTHING);
  }

  private static ComputationGraph graph(String file) throws IOException {
    return ModelSerializer.restoreComputationGraph(place.path(file).toFile(), false);
  }

  private static Layer first(ComputationGraph graph) {
    LayerVertex vertex = (LayerVertex) graph.getConfiguration().getVertices().get("normalization");
    return vertex.getLayerConf().getLayer();
  }

  @Test
  void theModelIsOneOfDl4jsWithItsPreprocessingFrozenInside() throws IOException {
    ComputationGraph graph = graph("tuned/models/tuned/last.zip");
    FrozenLayer first = (FrozenLayer) first(graph);
    assertTrue(first.getLayer() instanceof BatchNormalization);
    INDArray mean = graph.getLayer("normalization").getParam("mean");
    assertArrayEquals(new double[] {0.485, 0.456, 0.406}, mean.toDoubleVector(), 1e-6);
    assertEquals(1, graph.output(Nd4j.zeros(1, 3, 32, 32))[0].length());
  }

  @Test
  void theRunTellsWhatItBeganWith() throws IOException {
    assertEquals(
        DigestUtils.sha256Hex(mobilenet()),
        new ObjectMapper()
            .readTree(place.path("tuned/provenance.json").toFile())
            .at("/bases/tuned/sha256")
            .asText());
    String conf = Files.readString(place.path("tuned/run.conf"));
    assertTrue(conf.contains("mean = [0.485, 0.456, 0.406]"), conf);
  }

  @Test
  void theModelPredictsWithoutTheFile() {
    Workplace fresh = new Workplace(folder, new Configuration());
    new PredictJob(fresh.context())
        .run(
            new PredictCommand(
                fresh.at("tuned/models/tuned"),
                fresh.at("photos"),
                Optional.of(fresh.at("predictions")),
                OptionalDouble.empty(),
                Optional.of(Precision.FLOAT32),
                OptionalInt.of(2),
                Workplace.settings(List.of(), List.of()),
                Existing.KEEP));
    assertTrue(Files.exists(fresh.path("predictions/predictions.csv")));
  }

  @Test
  void aRunThatIsKilledEndsAsOneWithoutAStopAndNotWithAnotherFile() throws IOException {
    Files.write(place.path("changing.onnx"), mobilenet());
    DyingFileSystem.diesAfter(40);
    assertThrows(
        Exception.class,
        () -> place.runOnDyingDisk("killed", settings("changing.onnx", "0", 2), Optional.empty()));
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
    Files.deleteIfExists(place.path("killed/_lock"));
    Files.write(
        place.path("changing.onnx"),
        SmallNetworks.mobilenet(Way.TORCH, Head.MEAN, 0, 0).asGiven().toByteArray());

    UserException refused =
        assertThrows(
            UserException.class,
            () ->
                place.runOnDyingDisk(
                    "killed", settings("changing.onnx", "0", 2), Optional.empty()));
    assertTrue(refused.getMessage().contains("models that have changed"), refused.getMessage());

    Files.write(place.path("changing.onnx"), mobilenet());
    place.runOnDyingDisk("killed", settings("changing.onnx", "0", 2), Optional.empty());
    assertArrayEquals(
        graph("tuned/models/tuned/last.zip").params().toDoubleVector(),
        graph("killed/models/tuned/last.zip").params().toDoubleVector());
  }

  @Test
  void aTunedModelIsABaseWhosePreprocessingStays() throws IOException {
    SettingsSource again =
        settings("mobilenet.onnx", "0", 1)
            .with(
                Map.of(
                    "architectures.tuned.base.onnx",
                    "null",
                    "architectures.tuned.base.model",
                    "\"" + place.at("tuned/models/tuned") + "\""));
    place.runOnDyingDisk("again", again, Optional.empty());

    ComputationGraph graph = graph("again/models/tuned/last.zip");
    assertTrue(first(graph) instanceof FrozenLayer);
    assertArrayEquals(
        new double[] {0.485, 0.456, 0.406},
        graph.getLayer("normalization").getParam("mean").toDoubleVector(),
        1e-6);
  }

  @Test
  void mistakesAreRefusedBeforeAnythingIsDone() {
    for (String[] each :
        List.of(
            new String[] {"none.onnx", "all", "none.onnx: there is no such file"},
            new String[] {"tuned/run.conf", "all", "is no ONNX file that can be read"},
            new String[] {"mobilenet.onnx", "last.rel", "did you mean last.relu?"})) {
      String refused = place.refusal(settings(each[0], each[1], 1), Optional.empty());
      assertTrue(refused.contains(each[2]), refused);
    }
  }
}
