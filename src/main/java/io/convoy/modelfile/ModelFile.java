package io.convoy.modelfile;

import io.convoy.failure.UserException;
import io.convoy.image.Rgb;
import io.convoy.network.Network;
import io.convoy.network.NetworkConfiguration;
import io.convoy.storage.Json;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network in a file, in DL4J's own format with one entry more: {@code ModelSerializer} loads it
 * without convoy.
 */
public final class ModelFile {
  /** The entry that holds the {@link ModelCard}. */
  public static final String CARD = "convoy.json";

  /** The best network of an architecture, in the folder of its models. */
  public static final String BEST = "best.zip";

  /** The network of an architecture after its last epoch, with its optimizer's state. */
  public static final String LAST = "last.zip";

  private final Storage file;

  /** Whether the file holds the optimizer's state, to go on training. */
  public enum Updater {
    KEPT,
    LEFT_OUT
  }

  /**
   * @param file where the model is, or will be
   */
  public ModelFile(Storage file) {
    this.file = file;
  }

  /**
   * The model that the user names.
   *
   * @param place a model's file, or the folder of an architecture's models, of which the best is
   *     meant
   * @throws UserException if there is none
   */
  public static ModelFile at(Storage place) {
    return at(place, BEST);
  }

  /**
   * The model that the user names, to go on training.
   *
   * @param place a model's file, or the folder of an architecture's models, of which the last is
   *     meant
   * @throws UserException if there is none
   */
  public static ModelFile lastAt(Storage place) {
    return at(place, LAST);
  }

  private static ModelFile at(Storage place, String inFolder) {
    if (!place.exists()) {
      throw new UserException(
          "%s: there is no such model; give RUN/models/NAME, or a file in it.", place);
    }
    if (!place.isFolder()) {
      return new ModelFile(place);
    }
    Storage meant = place.child(inFolder);
    if (!meant.exists()) {
      throw new UserException(
          "%s holds no model (%s); give RUN/models/NAME, or a file in it.", place, inFolder);
    }
    return new ModelFile(meant);
  }

  /** Writes the network, the same bytes for the same network. */
  public void write(ModelCard card, Network network, Updater updater) {
    write(
        card,
        network.configuration().json(),
        network.parameters(),
        // Plain gradient descent has no state.
        updater == Updater.KEPT ? network.updaterState() : Optional.empty());
  }

  /** Writes the network as it predicted, without its optimizer's state. */
  public void write(ModelCard card, Snapshot network) {
    write(card, network.configuration(), network.predicting(), Optional.empty());
  }

  private void write(
      ModelCard card, String configuration, INDArray parameters, Optional<INDArray> updaterState) {
    byte[] json = Json.write(card);
    file.write(
        out -> {
          ModelZip.Writer zip = new ModelZip.Writer(out);
          // First, to be read without the numbers.
          zip.write(CARD, entry -> entry.write(json));
          write(zip, configuration, parameters);
          writeUpdater(zip, updaterState);
          zip.finish();
        });
  }

  /** Writes the entries of a network. */
  static void write(ModelZip.Writer zip, String configuration, INDArray parameters)
      throws IOException {
    byte[] json = configuration.getBytes(StandardCharsets.UTF_8);
    zip.write(ModelSerializer.CONFIGURATION_JSON, entry -> entry.write(json));
    zip.write(ModelSerializer.COEFFICIENTS_BIN, new RowFormat(parameters)::writeTo);
  }

  /** Writes the entry of an optimizer's state, where there is one. */
  static void writeUpdater(ModelZip.Writer zip, Optional<INDArray> state) throws IOException {
    if (state.isPresent()) {
      zip.write(ModelSerializer.UPDATER_BIN, new RowFormat(state.get())::writeTo);
    }
  }

  /**
   * Reads the card alone.
   *
   * @throws UserException if the file is no network that this convoy can use
   */
  public ModelCard card() {
    try (ModelZip.Reader zip = new ModelZip.Reader(file.open())) {
      return card(zip);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private ModelCard card(ModelZip.Reader zip) throws IOException {
    if (!zip.next() || !zip.is(CARD)) {
      throw new UserException(
          "%s is no model of convoy's (it does not begin with %s); give the folder or the file of a"
              + " model that train or run wrote.",
          file, CARD);
    }
    ModelCard card;
    try {
      card = Json.read(zip.description(), ModelCard.class);
    } catch (UncheckedIOException e) {
      throw new UserException("%s: %s is damaged; train it again.", file, CARD);
    }
    card.requireUsable(file.toString());
    return card;
  }

  /**
   * A network that predicts, and its card.
   *
   * @param card of the file
   * @param network with the file's parameters, without its optimizer's state
   */
  public record Loaded(ModelCard card, Network network) {}

  /**
   * Loads the network.
   *
   * @throws UserException if the file is no network that this convoy can use, is damaged, or the
   *     network takes other images than the card says
   */
  public Loaded load() {
    try (ModelZip.Reader zip = new ModelZip.Reader(file.open())) {
      ModelCard card = card(zip);
      return new Loaded(card, network(card, zip));
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  /** The network of the entries that come next. */
  private Network network(ModelCard card, ModelZip.Reader zip) throws IOException {
    NetworkConfiguration configuration = null;
    while (zip.next()) {
      if (zip.is(ModelSerializer.CONFIGURATION_JSON)) {
        configuration = zip.configuration();
        requireImages(card, configuration);
      } else if (zip.is(ModelSerializer.COEFFICIENTS_BIN) && configuration != null) {
        Network network =
            configuration.on(RowFormat.read(zip.content(), configuration.parameters()));
        network.requireAnswer(card.classes().size(), Rgb.CHANNELS, card.height(), card.width());
        return network;
      }
    }
    throw new IOException("it has no network");
  }

  /**
   * Looks into the file, to go on training its network; reads all of it.
   *
   * @throws UserException if the file is no network that this convoy can use, or is damaged
   */
  public StartingModel startingModel() {
    MessageDigest digest = DigestUtils.getSha256Digest();
    try (InputStream in = new DigestInputStream(file.open(), digest);
        ModelZip.Reader zip = new ModelZip.Reader(in)) {
      ModelCard card = card(zip);
      NetworkConfiguration configuration = network(card, zip).configuration();
      StartingModel.requireOptimizer(configuration);
      Updater updater = Updater.LEFT_OUT;
      while (zip.next()) {
        if (zip.is(ModelSerializer.UPDATER_BIN)) {
          updater = Updater.KEPT;
        }
      }
      // The list of entries at the end.
      in.transferTo(OutputStream.nullOutputStream());
      return new StartingModel(
          file, Hex.encodeHexString(digest.digest()), card, configuration, updater);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  /** The network does not keep the size of its images, but its layers have their inputs' sizes. */
  private void requireImages(ModelCard card, NetworkConfiguration network) {
    network
        .firstUnfit(InputType.convolutional(card.height(), card.width(), Rgb.CHANNELS))
        .ifPresent(
            layer -> {
              throw new UserException(
                  "%s: %s says that the network takes images of %d x %d, but its layer %d does not;"
                      + " train it again.",
                  file, CARD, card.height(), card.width(), layer);
            });
  }

  private UserException unreadable(Exception e) {
    return new UserException(
        "%s cannot be read: %s; give another model that train or run wrote.",
        file, ModelZip.reason(e));
  }

  /**
   * Gives a network of the same architecture the parameters of the file, or of any that {@code
   * ModelSerializer} has written.
   *
   * @throws UncheckedIOException also when the file's parameters are not as many as the network's
   */
  public void restoreParameters(Network network) {
    try (ModelZip.Reader zip = new ModelZip.Reader(file.open())) {
      while (zip.next()) {
        if (zip.is(ModelSerializer.COEFFICIENTS_BIN)) {
          new RowFormat(network.parameters()).readFrom(zip.content());
          return;
        }
      }
      throw new IOException("missing");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s: %s: %s".formatted(file, ModelSerializer.COEFFICIENTS_BIN, e.getMessage()), e);
    }
  }

  /** Where it is. */
  public Storage file() {
    return file;
  }

  /** The size of the file in bytes. */
  public long bytes() {
    return file.length();
  }
}
