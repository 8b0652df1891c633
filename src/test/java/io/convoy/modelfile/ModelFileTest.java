package io.convoy.modelfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.modelfile.ModelFile.Updater;
import io.convoy.network.LayersConfiguration;
import io.convoy.network.LayersNetwork;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Layers;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.TestTimeAugmentation;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ModelFileTest {
  private static final int SIDE = 12;
  private static final Optimizer ADAM = new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8);

  /** Parameters for more than one block of 2^18. */
  private static final int UNITS = 700;

  private static final ModelCard CARD =
      ModelCard.of(
          "net",
          List.of("dog", "cat"),
          SIDE,
          SIDE,
          0.4,
          "hash",
          "0.1.0",
          "",
          TestTimeAugmentation.NONE,
          1);

  private static MultiLayerNetwork trained;
  @TempDir Path folder;

  @BeforeAll
  static void train() {
    trained = network(ADAM, UNITS, 1);
    fit(trained);
  }

  private static MultiLayerNetwork network(Optimizer optimizer, int units, long seed) {
    Architecture architecture =
        new Architecture(
            "net",
            List.of(new Layer.Dense(units, Activation.RELU)),
            Loss.CROSS_ENTROPY,
            optimizer,
            2,
            1);
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            ((LayersConfiguration) NetworkBuilder.configuration(architecture, 2, SIDE, SIDE, seed))
                .dl4j());
    network.init();
    return network;
  }

  private static void fit(MultiLayerNetwork network) {
    for (int i = 0; i < 3; i++) {
      network.fit(Nd4j.linspace(0, 1, 2 * 3 * SIDE * SIDE).reshape(2, 3, SIDE, SIDE), labels());
    }
  }

  private static INDArray labels() {
    return Nd4j.createFromArray(new float[][] {{0}, {1}});
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private ModelFile model(String name) {
    return new ModelFile(Storage.at(file(name).toString(), new Configuration()));
  }

  private Path write(String name, MultiLayerNetwork network, Updater updater) {
    model(name).write(CARD, new LayersNetwork(network), updater);
    return file(name);
  }

  /** To the last bit, where ND4J's own comparison lets small differences pass. */
  private static void assertSameNumbers(INDArray expected, INDArray actual) {
    assertArrayEquals(expected.toFloatVector(), actual.toFloatVector());
  }

  /** The entries in their order. */
  private static Map<String, ByteBuffer> entries(Path file) throws IOException {
    Map<String, ByteBuffer> entries = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), ByteBuffer.wrap(zip.readAllBytes()));
      }
    }
    return entries;
  }

  private void assertTheEntriesOfModelSerializer(MultiLayerNetwork network, Updater updater)
      throws IOException {
    Path expected = file("expected.zip");
    ModelSerializer.writeModel(network, expected.toFile(), updater == Updater.KEPT);

    Map<String, ByteBuffer> actual = entries(write("actual.zip", network, updater));

    assertEquals("convoy.json", actual.keySet().iterator().next());
    actual.remove("convoy.json");
    assertEquals(List.copyOf(entries(expected).keySet()), List.copyOf(actual.keySet()));
    assertEquals(entries(expected), actual);
  }

  @ParameterizedTest
  @EnumSource
  void theOtherEntriesAreThoseOfModelSerializerToTheLastByte(Updater updater) throws IOException {
    assertTheEntriesOfModelSerializer(trained, updater);
  }

  @Test
  void anOptimizerWithoutStateHasTheEntriesOfModelSerializerToo() throws IOException {
    assertTheEntriesOfModelSerializer(network(new Optimizer.Sgd(0.1), 4, 1), Updater.KEPT);
  }

  @ParameterizedTest
  @EnumSource
  void dl4jRestoresParametersAndConfiguration(Updater updater) throws IOException {
    MultiLayerNetwork restored =
        ModelSerializer.restoreMultiLayerNetwork(
            write("model.zip", trained, updater).toFile(), true);

    assertSameNumbers(trained.params(), restored.params());
    assertEquals(
        trained.getLayerWiseConfigurations().toJson(),
        restored.getLayerWiseConfigurations().toJson());
    assertEquals(3, restored.getIterationCount());
  }

  @Test
  void dl4jRestoresTheOptimizersState() throws IOException {
    MultiLayerNetwork restored =
        ModelSerializer.restoreMultiLayerNetwork(
            write("model.zip", trained, Updater.KEPT).toFile(), true);

    INDArray state = restored.getUpdater().getStateViewArray();
    assertSameNumbers(trained.getUpdater().getStateViewArray(), state);
    assertNotEquals(0, state.norm2Number().doubleValue());
  }

  @Test
  void aNetworkTrainsOnFromTheFileAsIfNothingHadHappened() throws IOException {
    MultiLayerNetwork kept = trained.clone();
    MultiLayerNetwork restored =
        ModelSerializer.restoreMultiLayerNetwork(
            write("model.zip", trained, Updater.KEPT).toFile(), true);

    fit(kept);
    fit(restored);

    assertSameNumbers(kept.params(), restored.params());
  }

  @ParameterizedTest
  @EnumSource
  void theParametersAreRestored(Updater updater) {
    write("model.zip", trained, updater);
    MultiLayerNetwork network = network(ADAM, UNITS, 2);

    model("model.zip").restoreParameters(new LayersNetwork(network));

    assertSameNumbers(trained.params(), network.params());
  }

  @Test
  void theParametersOfAFileOfModelSerializerAreRestored() throws IOException {
    ModelSerializer.writeModel(trained, file("model.zip").toFile(), true);
    MultiLayerNetwork network = network(ADAM, UNITS, 2);

    model("model.zip").restoreParameters(new LayersNetwork(network));

    assertSameNumbers(trained.params(), network.params());
  }

  @Test
  void restoredParametersAreThoseTheLayersUse() {
    write("model.zip", trained, Updater.LEFT_OUT);
    MultiLayerNetwork network = network(ADAM, UNITS, 2);

    model("model.zip").restoreParameters(new LayersNetwork(network));

    INDArray image = Nd4j.linspace(0, 1, 3 * SIDE * SIDE).reshape(1, 3, SIDE, SIDE);
    assertSameNumbers(trained.output(image), network.output(image));
  }

  @Test
  void aFileOfAnotherArchitectureIsRefusedAndChangesNothing() {
    write("model.zip", trained, Updater.LEFT_OUT);
    MultiLayerNetwork other = network(ADAM, 4, 2);
    INDArray before = other.params().dup();

    String message = failure("model.zip", other);

    assertTrue(
        message.endsWith("model.zip: coefficients.bin: [1, 303801] FLOAT, and not [1, 1737] FLOAT"),
        message);
    assertSameNumbers(before, other.params());
  }

  @Test
  void aFileOfAnotherTypeIsRefused() throws IOException {
    MultiLayerNetwork doubles = trained.convertDataType(DataType.DOUBLE);
    ModelSerializer.writeModel(doubles, file("model.zip").toFile(), false);

    String message = failure("model.zip", network(ADAM, UNITS, 2));

    assertTrue(message.endsWith("[1, 303801] DOUBLE, and not [1, 303801] FLOAT"), message);
  }

  @Test
  void aZipFileWithoutParametersIsRefused() {
    Storage.at(file("model.zip").toString(), new Configuration())
        .write(out -> new ModelZip.Writer(out).finish());

    String message = failure("model.zip", trained);

    assertTrue(message.endsWith("coefficients.bin: missing"), message);
  }

  @Test
  void aDamagedFileIsRefused() throws IOException {
    Path file = write("model.zip", trained, Updater.LEFT_OUT);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    String message = failure("model.zip", network(ADAM, UNITS, 2));

    assertTrue(message.contains("CRC"), message);
  }

  private String failure(String name, MultiLayerNetwork network) {
    return assertThrows(
            UncheckedIOException.class,
            () -> model(name).restoreParameters(new LayersNetwork(network)))
        .getMessage();
  }

  @Test
  void aLoadedNetworkHasTheParametersAndTheCard() {
    write("model.zip", trained, Updater.KEPT);

    ModelFile.Loaded loaded = model("model.zip").load();

    assertEquals(CARD, loaded.card());
    assertEquals(CARD, model("model.zip").card());
    assertSameNumbers(trained.params(), loaded.network().parameters());
  }

  /** Dropout says that it takes nothing, and yet takes what comes. */
  @Test
  void aNetworkOfEveryLayerIsLoaded() {
    List<Layer> layers = Layers.all();
    for (List<Layer> each : List.of(layers, without(layers, Layer.Residual.class))) {
      Network network =
          NetworkBuilder.configuration(
                  new Architecture("net", each, Loss.CROSS_ENTROPY, ADAM, 2, 1), 2, SIDE, SIDE, 1)
              .initialized();
      model("model.zip").write(CARD, network, Updater.LEFT_OUT);

      assertSameNumbers(network.parameters(), model("model.zip").load().network().parameters());
    }
  }

  private static List<Layer> without(List<Layer> layers, Class<? extends Layer> kind) {
    return layers.stream().filter(layer -> !kind.isInstance(layer)).toList();
  }

  @Test
  void aModelOfOtherSoftwareIsNotLoaded() throws IOException {
    ModelSerializer.writeModel(trained, file("model.zip").toFile(), true);

    assertRefused("model.zip is no model of convoy's (it does not begin with convoy.json)");
  }

  @Test
  void aFileThatIsNoModelIsNotLoaded() throws IOException {
    Files.writeString(file("model.zip"), "not a zip file");

    assertRefused("model.zip is no model of convoy's");
  }

  @Test
  void aDamagedModelIsNotLoaded() throws IOException {
    Path file = write("model.zip", trained, Updater.LEFT_OUT);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

    assertRefused("model.zip cannot be read: ");
  }

  @ParameterizedTest
  @CsvSource({
    "\"architecture\" : \"net\",\"architecture\" : null,architecture",
    "\"cat\",null,classes",
    "\"cat\",\"dog\",classes",
    "\"height\" : 12,\"height\" : 0,height",
    "\"width\" : 12,\"width\" : 2000000000,width",
    "\"threshold\" : 0.4,\"threshold\" : 7,threshold",
    "\"threshold\" : 0.4,\"threshold\" : \"NaN\",threshold"
  })
  void aValueThatNoCardHasIsNamed(String found, String instead, String key) throws IOException {
    replaceIn("convoy.json", found, instead);

    assertRefused("convoy.json has no usable " + key + "; train it again.");
  }

  /** Each parses, and what DL4J makes of it fails later. */
  @ParameterizedTest
  @CsvSource({
    "\"optimizationAlgo\" : \"STOCHASTIC_GRADIENT_DESCENT\",\"optimizationAlgo\" : null",
    "\"dataType\" : \"FLOAT\",\"dataType\" : \"DOUBLE\"",
    "\"inputHeight\" : 12,\"inputHeight\" : 13",
    "\"numChannels\" : 3,\"numChannels\" : 0"
  })
  void aConfigurationThatCannotBeComputedIsRefused(String found, String instead)
      throws IOException {
    replaceIn("configuration.json", found, instead);

    String message =
        assertThrows(UserException.class, () -> model("model.zip").load()).getMessage();
    assertTrue(message.contains("model.zip"), message);
    assertEquals(
        message,
        assertThrows(UserException.class, () -> model("model.zip").startingModel()).getMessage());
  }

  @Test
  void aNetworkThatDivergedIsRefused() {
    MultiLayerNetwork diverged = trained.clone();
    diverged.params().putScalar(7, Float.POSITIVE_INFINITY);
    write("model.zip", diverged, Updater.KEPT);

    assertRefused("its network diverged in training: among its parameters is Infinity");
  }

  private void replaceIn(String entry, String found, String instead) throws IOException {
    Path file = write("model.zip", trained, Updater.KEPT);
    Map<String, ByteBuffer> entries = entries(file);
    String text = new String(entries.get(entry).array(), StandardCharsets.UTF_8);
    assertTrue(text.contains(found), text);
    entries.put(
        entry, ByteBuffer.wrap(text.replace(found, instead).getBytes(StandardCharsets.UTF_8)));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, ByteBuffer> each : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(each.getKey()));
        zip.write(each.getValue().array());
      }
    }
  }

  @Test
  void aCardOfAnotherSizeIsRefused() {
    ModelCard wide =
        ModelCard.of(
            "net",
            CARD.classes(),
            SIDE,
            SIDE + 1,
            0.4,
            "hash",
            "0.1.0",
            "",
            TestTimeAugmentation.NONE,
            1);
    model("model.zip").write(wide, new LayersNetwork(trained), Updater.LEFT_OUT);

    assertRefused("says that the network takes images of 12 x 13, but its layer 1 does not");
  }

  @Test
  void aCardOfAnotherFormatIsRefused() {
    ModelCard later =
        new ModelCard(
            5,
            "net",
            CARD.classes(),
            SIDE,
            SIDE,
            CARD.pixels(),
            0.4,
            "hash",
            "9.0",
            "",
            TestTimeAugmentation.NONE,
            1);
    model("model.zip").write(later, new LayersNetwork(trained), Updater.LEFT_OUT);

    assertRefused("model.zip has format 5, this convoy reads 1 to 4");
  }

  @Test
  void aCardOfAnEarlierFormatSaysNothingOfTestTimeAugmentation() {
    ModelCard earlier =
        new ModelCard(
            2, "net", CARD.classes(), SIDE, SIDE, CARD.pixels(), 0.4, "hash", "1", "", null, 0);
    assertEquals(TestTimeAugmentation.NONE, earlier.testTimeAugmentation());
    assertEquals(1, earlier.temperature());
  }

  @Test
  void theCardKeepsTestTimeAugmentation() {
    ModelCard mirroring =
        ModelCard.of(
            "net",
            CARD.classes(),
            SIDE,
            SIDE,
            0.4,
            "hash",
            "1",
            "",
            TestTimeAugmentation.MIRROR,
            1);
    model("model.zip").write(mirroring, new LayersNetwork(trained), Updater.LEFT_OUT);

    assertEquals(mirroring, model("model.zip").card());
  }

  @Test
  void otherPreprocessingIsRefused() {
    ModelCard other =
        new ModelCard(
            1,
            "net",
            CARD.classes(),
            SIDE,
            SIDE,
            "cropped, 0 to 255",
            0.4,
            "hash",
            "1",
            "",
            TestTimeAugmentation.NONE,
            1);
    model("model.zip").write(other, new LayersNetwork(trained), Updater.LEFT_OUT);

    assertRefused("model.zip takes photos that are cropped, 0 to 255, this convoy makes them");
  }

  @Test
  void theFolderOfAnArchitectureStandsForItsBestModel() {
    write("best.zip", trained, Updater.LEFT_OUT);

    ModelFile found = ModelFile.at(Storage.at(folder.toString(), new Configuration()));

    assertEquals(CARD, found.card());
  }

  @Test
  void aFolderWithoutAModelIsRefused() {
    Storage place = Storage.at(folder.toString(), new Configuration());

    String message = assertThrows(UserException.class, () -> ModelFile.at(place)).getMessage();

    assertTrue(message.contains("holds no model (best.zip)"), message);
  }

  @ParameterizedTest
  @EnumSource
  void aStartingModelTellsWhatTheFileHolds(Updater updater) throws IOException {
    Path file = write("model.zip", trained, updater);

    StartingModel model = model("model.zip").startingModel();

    assertEquals(CARD, model.card());
    assertEquals(updater, model.updater());
    assertEquals(3, model.configuration().iterations());
    assertEquals(DigestUtils.sha256Hex(Files.readAllBytes(file)), model.hash());
  }

  @Test
  void aDamagedFileIsNoOrigin() throws IOException {
    Path file = write("model.zip", trained, Updater.KEPT);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    String message =
        assertThrows(UserException.class, () -> model("model.zip").startingModel()).getMessage();

    assertTrue(message.contains("model.zip cannot be read: "), message);
  }

  @Test
  void anOptimizerWithoutStateAlwaysGoesOn() {
    MultiLayerNetwork plain = network(new Optimizer.Sgd(0.1), 4, 1);
    write("model.zip", plain, Updater.LEFT_OUT);

    assertEquals(
        Optional.empty(),
        model("model.zip")
            .startingModel()
            .obstacle(new LayersConfiguration(plain.getLayerWiseConfigurations())));
  }

  @Test
  void aFolderStandsForItsLastModelWhereTrainingGoesOn() {
    write("last.zip", trained, Updater.KEPT);

    ModelFile found = ModelFile.lastAt(Storage.at(folder.toString(), new Configuration()));

    assertEquals(Updater.KEPT, found.startingModel().updater());
  }

  private void assertRefused(String part) {
    String message =
        assertThrows(UserException.class, () -> model("model.zip").load()).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void theSameNetworkGivesTheSameBytes() throws IOException {
    assertArrayEquals(
        Files.readAllBytes(write("first.zip", trained, Updater.KEPT)),
        Files.readAllBytes(write("second.zip", trained.clone(), Updater.KEPT)));
  }

  @Test
  void theTimeOfWritingIsNotInTheFile() throws IOException {
    try (InputStream in = Files.newInputStream(write("model.zip", trained, Updater.LEFT_OUT));
        ZipInputStream zip = new ZipInputStream(in)) {
      assertEquals(LocalDateTime.of(1980, 2, 1, 0, 0), zip.getNextEntry().getTimeLocal());
    }
  }
}
