package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.cli.BenchCommand;
import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.cli.PredictCommand;
import io.convoy.failure.UserException;
import io.convoy.settings.Precision;
import io.convoy.settings.SettingsLoader;
import io.convoy.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Runs whose network begins with a DL4J model of five classes that convoy has not written. */
class FineTuneRunTest {
  /** Of the convolution and the dense layer. */
  private static final int KEPT = 2 * 27 + 2 + 2 * 14 * 18 * 6 + 6;

  @TempDir static Path folder;
  private static Workplace place;
  private static MultiLayerNetwork pets;

  @BeforeAll
  static void trainTwoEpochs() throws IOException {
    Configuration hadoop = SharedSpark.context().hadoopConfiguration();
    DyingFileSystem.register(hadoop);
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
    place = new Workplace(folder, hadoop).withPhotos();
    pets = network(1);
    ModelSerializer.writeModel(pets, place.path("pets.zip").toFile(), true);
    run("tuned", settings("pets.zip", 2));
  }

  @AfterEach
  void nobodyDies() {
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
  }

  private static MultiLayerNetwork network(long seed) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .list()
                .layer(
                    new ConvolutionLayer.Builder(3, 3).nOut(2).activation(Activation.RELU).build())
                .layer(new DenseLayer.Builder().nOut(6).activation(Activation.RELU).build())
                .layer(
                    new OutputLayer.Builder(new LossMCXENT())
                        .nOut(5)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(16, 20, 3))
                .build());
    network.init();
    return network;
  }

  private static SettingsSource settings(String model, int epochs) {
    return settings(
        Map.of(
            "architectures.tuned",
            "{base{model=\""
                + place.at(model)
                + "\"}, layers=[{dense=3}], loss=cross-entropy,"
                + " optimizer{name=adam, learning-rate=1e-2}, batch=8, epochs="
                + epochs
                + "}"));
  }

  private static SettingsSource settings(Map<String, String> more) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("images.height", "16");
    settings.put("images.width", "20");
    settings.put("architectures", "null");
    settings.put("train.workers", "2");
    settings.put("train.averaging-frequency", "1");
    settings.putAll(more);
    return new SettingsSource(List.of(), settings, List.of(), OptionalInt.empty(), Show.NOTHING);
  }

  /** What the user was told. */
  private static String run(String out, SettingsSource settings) {
    return run(out, settings, Optional.empty());
  }

  private static String run(String out, SettingsSource settings, Optional<String> from) {
    return place.runOnDyingDisk(out, settings, from);
  }

  private static String refusal(SettingsSource settings) {
    return place.refusal(settings, Optional.empty());
  }

  private static INDArray parameters(String file) throws IOException {
    return ModelSerializer.restoreMultiLayerNetwork(place.path(file).toFile(), false).params();
  }

  private static double[] kept(INDArray parameters) {
    return Arrays.copyOf(parameters.toDoubleVector(), KEPT);
  }

  private static JsonNode provenance(String run) throws IOException {
    return new ObjectMapper().readTree(place.path(run + "/provenance.json").toFile());
  }

  @Test
  void dl4jLoadsTheModelWithTheFrozenLayersOfItsBase() throws IOException {
    INDArray best = parameters("tuned/models/tuned/best.zip");

    assertEquals(KEPT + 6 * 3 + 3 + 4, best.length());
    assertArrayEquals(kept(pets.params()), kept(best));
    assertArrayEquals(kept(best), kept(parameters("tuned/models/tuned/last.zip")));
  }

  @Test
  void theRunTellsWhatItBeganWith() throws IOException {
    String told = run("told", settings("pets.zip", 1));
    assertTrue(told.contains("pets.zip, 3,086 of 3,111 parameters are frozen"), told);
    assertEquals(
        DigestUtils.sha256Hex(Files.readAllBytes(place.path("pets.zip"))),
        provenance("told").at("/bases/tuned/sha256").asText());
  }

  @Test
  void theModelPredicts() {
    Workplace fresh = new Workplace(folder, new Configuration());
    new PredictJob(fresh.context())
        .run(
            new PredictCommand(
                fresh.at("tuned/models/tuned"),
                fresh.at("photos"),
                Optional.of(fresh.at("predictions")),
                OptionalDouble.empty(),
                Optional.of(Precision.FLOAT32),
                OptionalInt.empty(),
                Workplace.settings(List.of(), List.of()),
                Existing.KEEP));
    assertTrue(Files.exists(fresh.path("predictions/predictions.csv")));
  }

  @Test
  void theRunsConfRepeatsItsSettings() throws IOException {
    String conf = Files.readString(place.path("tuned/run.conf"));
    assertEquals(conf, new SettingsLoader().load(conf, "run.conf", Map.of()).hocon());
    assertTrue(conf.contains("base { model = "), conf);
  }

  @Test
  void aRunThatIsKilledEndsAsOneWithoutAStop() throws IOException {
    DyingFileSystem.diesAfter(40);
    assertThrows(Exception.class, () -> run("killed", settings("pets.zip", 2)));
    assertTrue(Files.exists(place.path("killed/checkpoints/tuned")));
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
    Files.deleteIfExists(place.path("killed/_lock"));

    run("killed", settings("pets.zip", 2));

    assertArrayEquals(
        Files.readAllBytes(place.path("tuned/models/tuned/last.zip")),
        Files.readAllBytes(place.path("killed/models/tuned/last.zip")));
  }

  @Test
  void aRunDoesNotGoOnWithAnotherBase() throws IOException {
    Files.copy(place.path("pets.zip"), place.path("changing.zip"));
    DyingFileSystem.diesAfter(40);
    assertThrows(Exception.class, () -> run("changed", settings("changing.zip", 2)));
    DyingFileSystem.diesAfter(Integer.MAX_VALUE);
    Files.deleteIfExists(place.path("changed/_lock"));
    ModelSerializer.writeModel(network(2), place.path("changing.zip").toFile(), true);

    UserException refused =
        assertThrows(UserException.class, () -> run("changed", settings("changing.zip", 2)));

    assertTrue(refused.getMessage().contains("models that have changed"), refused.getMessage());
  }

  @Test
  void trainingGoesOnFromAFineTunedModel() throws IOException {
    run("one", settings("pets.zip", 1));
    run("more", settings("pets.zip", 1), Optional.of(place.at("one/models/tuned")));

    assertArrayEquals(
        Files.readAllBytes(place.path("tuned/models/tuned/last.zip")),
        Files.readAllBytes(place.path("more/models/tuned/last.zip")));
  }

  @Test
  void aModelOfConvoysIsABaseTooAndCanBeTrainedWhole() throws IOException {
    run(
        "thawed",
        settings(
            Map.of(
                "architectures.whole",
                "{base{model=\""
                    + place.at("tuned/models/tuned")
                    + "\", keep=2, freeze=0}, layers=[], loss=mse,"
                    + " optimizer{name=sgd, learning-rate=1e-2}, batch=8, epochs=1}")));

    INDArray thawed = parameters("thawed/models/whole/last.zip");
    assertEquals(KEPT + 7, thawed.length());
    assertFalse(Arrays.equals(kept(pets.params()), kept(thawed)));
  }

  @Test
  void aModelThatIsMissingIsRefusedBeforeAnythingIsDone() {
    assertTrue(refusal(settings("none.zip", 1)).contains("none.zip: there is no such model"));
  }

  @Test
  void aModelOfOtherImagesIsRefusedBeforeAnythingIsDone() {
    String refused = refusal(settings("pets.zip", 1).with(Map.of("images.height", "24")));
    assertTrue(refused.contains("does not fit images of 24 x 20"), refused);
  }

  @Test
  void aFileThatIsNoModelIsRefusedBeforeAnythingIsDone() throws IOException {
    Files.copy(
        place.path("tuned/run.conf"), place.path("conf.zip"), StandardCopyOption.REPLACE_EXISTING);
    assertTrue(refusal(settings("conf.zip", 1)).contains("is no network of DL4J's"));
  }

  @Test
  void whatMeasuresNetworksMeasuresNewOnesAlone() {
    Workplace fresh = new Workplace(folder, new Configuration());
    String refused =
        assertThrows(
                UserException.class,
                () ->
                    new BenchJob(fresh.contextWithoutSpark())
                        .run(
                            new BenchCommand(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                1,
                                settings("pets.zip", 1))))
            .getMessage();
    assertTrue(refused.startsWith("architectures.tuned begins with "), refused);
  }
}
