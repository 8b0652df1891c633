package io.convoy.onednn;

import io.convoy.network.GroupedConvolution;
import io.convoy.network.LayerNormalization;
import io.convoy.network.NetworkNode;
import io.convoy.network.Shape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;

/**
 * What DL4J has several vertices for, and is computed at once here: channels times a factor each,
 * which an upsampling has repeated over the maps; and the dropout of whole images, between a vertex
 * that makes one channel of an image's maps and one that makes the maps again; and layer
 * normalisation; and convolutions of groups. Of these vertices' sizes only the channels count, as a
 * network is trained with smaller images than it was made for.
 *
 * @param network all its parts
 * @param normalizations of layers
 * @param convolutions of groups
 */
record JoinedVertices(
    List<NetworkNode> network,
    List<LayerNormalization> normalizations,
    List<GroupedConvolution> convolutions) {
  static JoinedVertices of(List<NetworkNode> network) {
    return new JoinedVertices(
        network, LayerNormalization.of(network), GroupedConvolution.of(network));
  }

  /**
   * Reads a part that belongs to such; one that computes nothing by itself is an identity.
   *
   * @param inputs what arrives
   * @param offset the place of its parameters
   * @return empty for any other part
   */
  Optional<LayerPlan> plan(int place, List<Shape> inputs, long offset) {
    Shape arriving = inputs.get(0);
    for (LayerNormalization normalization : normalizations) {
      if (normalization.before().contains(place)) {
        return identity(arriving);
      }
      if (normalization.last() == place) {
        return Optional.of(normalization(normalization, arriving, offset));
      }
    }
    for (GroupedConvolution convolution : convolutions) {
      if (convolution.apart() == place) {
        return LayerPlans.grouped(
            (DepthwiseConvolution2D) network.get(place).layer().orElseThrow(),
            convolution.groups(),
            arriving,
            offset);
      }
      if (convolution.after().contains(place)) {
        return identity(arriving);
      }
    }
    if (repeatsFactors(place)) {
      return isPoint(arriving) ? identity(arriving) : Optional.empty();
    }
    if (isProduct(place)) {
      return product(place, inputs);
    }
    if (isImageDropout(place)) {
      return Optional.of(
          new LayerPlan.Dropout(
              arriving, spatialDropout(place).orElseThrow().getP(), LayerPlan.Dropout.Unit.IMAGE));
    }
    boolean isBefore = onlyReader(place).stream().anyMatch(this::isImageDropout);
    boolean isBehind =
        reshape(place).isPresent()
            && isImageDropout(network.get(place).inputs().get(0))
            && isOf(reshape(place).get(), arriving);
    return isBefore || isBehind ? identity(arriving) : Optional.empty();
  }

  /** DL4J puts a convolution's biases before its weights. */
  private static LayerPlan normalization(
      LayerNormalization normalization, Shape maps, long offset) {
    LayerPlan.Parameters shift = new LayerPlan.Parameters(offset, maps.channels());
    return new LayerPlan.LayerNormalization(
        maps,
        new LayerPlan.Parameters(shift.end(), maps.channels()),
        shift,
        (float) normalization.epsilon());
  }

  /**
   * Whether it makes such maps again, or those of images of another size than the network was made
   * for; not the same numbers in another arrangement.
   */
  private static boolean isOf(ReshapeVertex behind, Shape maps) {
    int[] made = behind.getNewShape();
    return made[1] == maps.channels()
        && (made[2] * made[3] != maps.height() * maps.width()
            || made[2] == maps.height() && made[3] == maps.width());
  }

  private static Optional<LayerPlan> identity(Shape shape) {
    return Optional.of(new LayerPlan.Activation(shape, Nonlinearity.IDENTITY));
  }

  private static boolean isPoint(Shape shape) {
    return shape.height() == 1 && shape.width() == 1;
  }

  private Optional<LayerPlan> product(int place, List<Shape> inputs) {
    int maps = repeatsFactors(network.get(place).inputs().get(0)) ? 1 : 0;
    Shape factors = inputs.get(1 - maps);
    return isPoint(factors) && factors.channels() == inputs.get(maps).channels()
        ? Optional.of(new LayerPlan.ChannelProduct(inputs.get(maps), maps))
        : Optional.empty();
  }

  /** Whether it is an upsampling that only such a product reads. */
  private boolean repeatsFactors(int place) {
    return isUpsampling(place) && onlyReader(place).stream().anyMatch(this::isProduct);
  }

  /** Whether it is a product of maps and of what an upsampling gives. */
  private boolean isProduct(int place) {
    List<Integer> inputs = network.get(place).inputs();
    return network.get(place).vertex().orElse(null) instanceof ElementWiseVertex vertex
        && vertex.getOp() == ElementWiseVertex.Op.Product
        && inputs.size() == 2
        && isUpsampling(inputs.get(0)) != isUpsampling(inputs.get(1));
  }

  private boolean isUpsampling(int place) {
    return place != NetworkNode.IMAGE
        && network.get(place).layer().orElse(null) instanceof Upsampling2D;
  }

  private boolean isImageDropout(int place) {
    if (place == NetworkNode.IMAGE || spatialDropout(place).isEmpty()) {
      return false;
    }
    int before = network.get(place).inputs().get(0);
    OptionalInt behind = onlyReader(place);
    return before != NetworkNode.IMAGE
        && reshape(before).isPresent()
        && onlyReader(before).isPresent()
        && behind.isPresent()
        && reshape(behind.getAsInt()).isPresent()
        && isOneChannelOf(
            reshape(behind.getAsInt()).get().getNewShape(), reshape(before).get().getNewShape());
  }

  /** Whether a shape is that of the other's maps, one below the other. */
  private static boolean isOneChannelOf(int[] maps, int[] shape) {
    return shape[1] == 1 && shape[2] == maps[1] * maps[2] && shape[3] == maps[3];
  }

  private Optional<SpatialDropout> spatialDropout(int place) {
    return network
        .get(place)
        .layer()
        .filter(DropoutLayer.class::isInstance)
        .map(layer -> layer.getIDropout())
        .filter(SpatialDropout.class::isInstance)
        .map(SpatialDropout.class::cast)
        .filter(dropout -> dropout.getPSchedule() == null);
  }

  /** The vertex, where it makes maps, image by image, of what is in order. */
  private Optional<ReshapeVertex> reshape(int place) {
    return network
        .get(place)
        .vertex()
        .filter(ReshapeVertex.class::isInstance)
        .map(ReshapeVertex.class::cast)
        .filter(
            shape ->
                shape.getNewShape().length == 4
                    && shape.getNewShape()[0] == -1
                    && shape.getReshapeOrder() == ReshapeVertex.DEFAULT_RESHAPE_ORDER);
  }

  /** The part that reads another; empty where several do, or none. */
  private OptionalInt onlyReader(int place) {
    int[] readers =
        IntStream.range(0, network.size())
            .flatMap(
                reader ->
                    network.get(reader).inputs().stream()
                        .filter(from -> from == place)
                        .mapToInt(from -> reader))
            .toArray();
    return readers.length == 1 ? OptionalInt.of(readers[0]) : OptionalInt.empty();
  }
}
