package io.convoy.job;

import io.convoy.modelfile.ModelFile;
import io.convoy.modelfile.SavedNetwork;
import io.convoy.network.FineTuning;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.NetworkNode;
import io.convoy.onnx.ForeignNetwork;
import io.convoy.settings.Architecture;
import io.convoy.settings.Base;
import io.convoy.settings.Settings;
import io.convoy.storage.Storage;
import java.util.List;
import java.util.Optional;

/**
 * The network of an architecture, for images of some classes and one size.
 *
 * @param architecture in the settings
 * @param configuration of the network
 * @param base the pretrained network that it begins with; empty where all of it is new
 */
record ModelDefinition(
    Architecture architecture, NetworkConfiguration configuration, Optional<Pretrained> base) {

  /**
   * The pretrained network that an architecture begins with, which is left in its file until then.
   *
   * @param provenance its file and the file's hash
   * @param file that holds it
   */
  record Pretrained(
      Provenance.From provenance,
      Storage file,
      Architecture architecture,
      int classes,
      int height,
      int width,
      long seed) {

    /** The network that training begins with. */
    Network network() {
      return FineTuning.network(architecture, inFile(), classes, height, width, seed);
    }

    private Network inFile() {
      return base(architecture)
          .kind(
              saved -> new SavedNetwork(file).load(),
              onnx -> new ForeignNetwork(file).load(architecture.name(), onnx, height, width));
    }
  }

  /** Its weights and biases. */
  long parameters() {
    return configuration.nodes().stream().mapToLong(NetworkNode::parameters).sum();
  }

  /**
   * The networks of all architectures of the settings, in their order.
   *
   * @param classes of the images, at least 2
   * @param height of the images, in pixels
   * @param width of the images, in pixels
   * @throws io.convoy.failure.UserException if one does not fit the images, or the model that it
   *     begins with
   */
  static List<ModelDefinition> of(
      Context context, Settings settings, int classes, int height, int width) {
    return settings.architectures().stream()
        .map(
            each ->
                of(
                    context,
                    each,
                    classes,
                    height,
                    width,
                    each.recipe().repeat().seed(settings.train().seed())))
        .toList();
  }

  /** The network of one architecture. */
  static ModelDefinition of(
      Context context, Architecture architecture, int classes, int height, int width, long seed) {
    if (architecture.base().pretrained().isEmpty()) {
      return new ModelDefinition(
          architecture,
          NetworkBuilder.configuration(architecture, classes, height, width, seed),
          Optional.empty());
    }
    Base.Pretrained base = base(architecture);
    Storage place = context.storage(base.file());
    Storage file = base.kind(saved -> ModelFile.at(place).file(), onnx -> place);
    String sha256 =
        base.kind(
            saved -> new SavedNetwork(file).sha256(), onnx -> new ForeignNetwork(file).sha256());
    Pretrained pretrained =
        new Pretrained(
            new Provenance.From(file.toString(), sha256),
            file,
            architecture,
            classes,
            height,
            width,
            seed);
    return new ModelDefinition(
        architecture, pretrained.network().configuration(), Optional.of(pretrained));
  }

  private static Base.Pretrained base(Architecture architecture) {
    return architecture.base().pretrained().orElseThrow();
  }
}
