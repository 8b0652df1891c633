package io.convoy.modelfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.network.GraphNetwork;
import io.convoy.network.LayersNetwork;
import io.convoy.network.Network;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.Normalizer;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

class SavedNetworkTest {
  @TempDir Path folder;

  private static MultiLayerNetwork layers(DataType type) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(type)
                .list()
                .layer(
                    new ConvolutionLayer.Builder(3, 3).nOut(2).activation(Activation.RELU).build())
                .layer(
                    new OutputLayer.Builder(new LossMCXENT())
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(6, 5, 3))
                .build());
    network.init();
    return network;
  }

  private Path file() {
    return folder.resolve("pets.zip");
  }

  private SavedNetwork write(Model model) throws IOException {
    ModelSerializer.writeModel(model, file().toFile(), true);
    return saved();
  }

  private SavedNetwork write(Normalizer<?> normalizer) throws IOException {
    write(layers(DataType.FLOAT));
    ModelSerializer.addNormalizerToModel(file().toFile(), normalizer);
    return saved();
  }

  private SavedNetwork saved() {
    return new SavedNetwork(Storage.at(file().toString(), new Configuration()));
  }

  private String refusal() {
    return assertThrows(UserException.class, () -> saved().load()).getMessage();
  }

  @Test
  void aMultiLayerNetworkIsLoaded() throws IOException {
    MultiLayerNetwork written = layers(DataType.FLOAT);
    Network loaded = write(written).load();

    assertInstanceOf(LayersNetwork.class, loaded);
    assertArrayEquals(written.params().toDoubleVector(), loaded.parameters().toDoubleVector());
  }

  @Test
  void aComputationGraphIsLoaded() throws IOException {
    MultiLayerNetwork written = layers(DataType.FLOAT);
    Network loaded = write(written.toComputationGraph()).load();

    assertInstanceOf(GraphNetwork.class, loaded);
    assertArrayEquals(written.params().toDoubleVector(), loaded.parameters().toDoubleVector());
  }

  @Test
  void aNetworkInDoublePrecisionBecomesOneOfFloats() throws IOException {
    Network loaded = write(layers(DataType.DOUBLE)).load();
    assertEquals(DataType.FLOAT, loaded.parameters().dataType());
  }

  @Test
  void itsHashIsThatOfTheFile() throws IOException {
    SavedNetwork saved = write(layers(DataType.FLOAT));
    assertEquals(DigestUtils.sha256Hex(Files.readAllBytes(file())), saved.sha256());
  }

  @Test
  void aNormalizerThatDoesWhatConvoyDoesIsFine() throws IOException {
    assertTrue(write(new ImagePreProcessingScaler(0, 1)).load() != null);
  }

  @Test
  void aNetworkOfOtherPixelsIsRefused() throws IOException {
    write(new NormalizerStandardize(Nd4j.zeros(1, 3), Nd4j.ones(1, 3)));
    assertTrue(refusal().contains("STANDARDIZE"), refusal());
    write(new ImagePreProcessingScaler(-1, 1));
    assertTrue(refusal().contains("pixels of 0 to 1"), refusal());
  }

  @Test
  void whatIsNoNetworkIsRefused() throws IOException {
    Files.writeString(file(), "no zip");
    assertTrue(refusal().contains("pets.zip is no network of DL4J's"), refusal());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file()))) {
      zip.putNextEntry(new ZipEntry(ModelSerializer.CONFIGURATION_JSON));
      zip.write("{}".getBytes(StandardCharsets.UTF_8));
    }
    assertTrue(refusal().contains("pets.zip is no network of DL4J's"), refusal());
  }

  @Test
  void aSerializedNormalizerIsRefusedUnread() throws IOException {
    write(layers(DataType.FLOAT));
    add("preprocessor.bin", "no object");
    assertTrue(refusal().contains("pixels that its normalizer changes"), refusal());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"nout\" : 2|\"nout\" : -2|has nout = -2",
        "\"nout\" : 2|\"nout\" : 2000000000|has nout = 2000000000",
        "\"kernelSize\" : [ 3, 3 ]|\"kernelSize\" : [ 0, 3 ]|has kernelSize = 0",
        "\"kernelSize\" : [ 3, 3 ]|\"kernelSize\" : null|lacks kernelSize",
        "\"kernelSize\" : [ 3, 3 ]|\"kernelSize\" : [ 3, 2 ]|its configuration implies",
        "org.deeplearning4j.nn.conf.layers.ConvolutionLayer|javax.script.ScriptEngineManager|names"
            + " javax.script.ScriptEngineManager, which is no part of DL4J's networks"
      })
  void aConfigurationThatCannotBeIsRefused(String found, String instead, String message)
      throws IOException {
    write(layers(DataType.FLOAT));
    replaceInConfiguration(found, instead);
    assertTrue(refusal().contains(message), refusal());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"vertexInputs\" : {|\"vertexInputs\" : null, \"x\" : {|describes no network",
        "[ \"0\" ]|[ ]|its part 1 reads nothing",
        "[ \"0\" ]|[ \"1\" ]|its part 1 reads what is not before it",
        "[ \"0\" ]|[ \"nowhere\" ]|its part 1 reads what is not before it",
        "\"networkOutputs\" : [ \"1\" ]|\"networkOutputs\" : [ ]|its outputs are not among its parts",
        "\"networkOutputs\" : [ \"1\" ]|\"networkOutputs\" : [ \"x\" ]|its outputs are not among",
        "\"vertices\" : {|\"vertices\" : { \"more\" : null,|its order is not that of its parts",
        "conf.graph.LayerVertex|conf.graph.NoVertex|describes no network",
        "\"optimizationAlgo\" : \"STOCHASTIC_GRADIENT_DESCENT\"|\"optimizationAlgo\" : null|describes no"
            + " network",
        "\"nout\" : 2|\"nout\" : 2000000000|has nout = 2000000000"
      })
  void aGraphThatCannotBeIsRefused(String found, String instead, String message)
      throws IOException {
    write(layers(DataType.FLOAT).toComputationGraph());
    replaceInConfiguration(found, instead);
    assertTrue(refusal().contains(message), refusal());
  }

  @Test
  void aNetworkThatDivergedIsRefused() throws IOException {
    MultiLayerNetwork diverged = layers(DataType.FLOAT);
    diverged.params().putScalar(7, Float.NaN);
    write(diverged);
    assertTrue(refusal().contains("diverged in training: among its parameters is NaN"), refusal());
  }

  private void replaceInConfiguration(String found, String instead) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(file())) {
      Path entry = zip.getPath(ModelSerializer.CONFIGURATION_JSON);
      String json = Files.readString(entry);
      assertTrue(json.contains(found), json);
      Files.writeString(entry, json.replace(found, instead));
    }
  }

  private void add(String name, String content) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(file())) {
      Files.writeString(zip.getPath(name), content);
    }
  }

  @Test
  void aConfigurationThatInflatesBeyondMeasureIsRefused() throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file()))) {
      zip.putNextEntry(new ZipEntry(ModelSerializer.CONFIGURATION_JSON));
      zip.write(new byte[20 << 20]);
    }
    assertTrue(refusal().contains("its configuration.json is larger than 16 MB"), refusal());
  }

  @Test
  void aNormalizerThatIsCutShortIsRefused() throws IOException {
    write(layers(DataType.FLOAT));
    add(ModelSerializer.NORMALIZER_BIN, "");
    assertTrue(refusal().contains("it is cut short"), refusal());
  }

  @Test
  void aFileThatIsCutShortIsRefused() throws IOException {
    write(layers(DataType.FLOAT));
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertTrue(refusal().contains("pets.zip is no network of DL4J's"), refusal());
  }
}
