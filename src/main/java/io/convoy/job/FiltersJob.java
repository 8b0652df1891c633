package io.convoy.job;

import io.convoy.cli.Command;
import io.convoy.failure.UserException;
import io.convoy.filters.EdgeViews;
import io.convoy.filters.FeatureMap;
import io.convoy.filters.Page;
import io.convoy.filters.Page.Network;
import io.convoy.filters.Page.Section;
import io.convoy.filters.Photo;
import io.convoy.filters.Picture;
import io.convoy.image.Shape;
import io.convoy.model.FirstLayer;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.SettingsLoader;
import io.convoy.storage.Storage;
import io.convoy.train.Minibatch;
import io.convoy.train.Model;
import io.convoy.train.ModelCard;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@code filters}: a photo under kernels, under max pooling, and in a network's first layer. */
public final class FiltersJob {
  /** The longer side of the pictures, so that the page can be mailed. */
  private static final int LONGEST_SIDE = 800;

  private static final int CHANNELS = 3;
  private static final String PAGE = "index.html";

  private final Context context;

  public FiltersJob(Context context) {
    this.context = context;
  }

  /**
   * Draws the pictures and the page.
   *
   * @throws UserException if the photo or the model cannot be used, or the output folder is not
   *     free
   */
  public void run(Command.Filters command) {
    ImageSettings limits =
        new SettingsLoader().load("", "the defaults", Map.of()).settings().images();
    Storage out = context.storage(command.out());
    Storage image = context.storage(command.image());
    Optional<Storage> place = command.model().map(context::storage);
    NamedPhoto photo = NamedPhoto.open(image, limits);
    Shape shown = shown(photo);
    Photo original = photo.photo(shown);
    Optional<Model> model = place.map(Model::at);
    model.ifPresent(given -> requireSize(given.card()));
    List<Storage> inputs = new ArrayList<>(List.of(image));
    place.ifPresent(inputs::add);
    Outputs.check(out, command.existing(), inputs.toArray(Storage[]::new));

    Map<String, Picture> files = new LinkedHashMap<>();
    List<Section> sections = new ArrayList<>();
    List<Network> networks = new ArrayList<>();
    sections.add(section("The photo", note(photo.shape(), shown), "photo", original, files));
    if (model.isPresent()) {
      Model.Loaded loaded = model.get().load();
      ModelCard card = loaded.card();
      Shape size = new Shape(card.height(), card.width());
      sections.add(
          section(
              "As " + card.architecture() + " takes it",
              "Squeezed to the size of the network's images.",
              "input",
              photo.photo(size),
              files));
      networks.add(network(loaded, planes(photo, size), files));
    }
    Outputs.empty(out);
    files.forEach((name, picture) -> write(out.child(name), picture.png()));
    Page page = new Page(photo.name(), text(photo.shape()), sections, networks);
    write(out.child(PAGE), page.html().getBytes(StandardCharsets.UTF_8));
    context.print("%s: %,d pictures, and all of them in %s%n", out, files.size(), PAGE);
  }

  /** The photo's own size, or less where a side is too long. */
  private static Shape shown(NamedPhoto photo) {
    Shape own = photo.shape();
    if (Math.min(own.height(), own.width()) < Photo.LEAST_SIDE) {
      throw new UserException(
          "%s has %s pixels, too few for a kernel and a pooling; give one of at least %d x %d.",
          photo, text(own), Photo.LEAST_SIDE, Photo.LEAST_SIDE);
    }
    double scale = Math.min(1, (double) LONGEST_SIDE / Math.max(own.height(), own.width()));
    return new Shape(scaled(own.height(), scale), scaled(own.width(), scale));
  }

  private static int scaled(int side, double scale) {
    return Math.max(Photo.LEAST_SIDE, (int) Math.round(side * scale));
  }

  private static void requireSize(ModelCard card) {
    if (Math.min(card.height(), card.width()) < Photo.LEAST_SIDE) {
      throw new UserException(
          "%s takes images of %d x %d pixels, too few for a kernel and a pooling; leave --model out.",
          card.architecture(), card.height(), card.width());
    }
  }

  private static String note(Shape own, Shape shown) {
    return own.equals(shown)
        ? "At its own size."
        : "Its %s pixels are shrunk to %s.".formatted(text(own), text(shown));
  }

  private static Section section(
      String heading, String note, String folder, Photo photo, Map<String, Picture> files) {
    EdgeViews views = EdgeViews.of(photo);
    views.files().forEach((name, picture) -> files.put(folder + "/" + name, picture));
    return new Section(heading, note, views);
  }

  private Network network(Model.Loaded loaded, INDArray planes, Map<String, Picture> files) {
    String name = loaded.card().architecture();
    Optional<FirstLayer> layer = FirstLayer.of(loaded.network());
    if (layer.isEmpty()) {
      context.remark(
          "%s: its first layer is no convolution, so it has no feature maps; the other pictures are"
              + " made.%n",
          name);
      return new Network(name, List.of());
    }
    List<FeatureMap> maps = layer.get().maps(planes);
    for (FeatureMap map : maps) {
      files.put(String.format(Locale.ROOT, "first-layer/map-%03d.png", map.number()), map.map());
      files.put(
          String.format(Locale.ROOT, "first-layer/kernel-%03d.png", map.number()), map.kernel());
    }
    return new Network(name, maps);
  }

  /** The photo as a network takes it. */
  private static INDArray planes(NamedPhoto photo, Shape size) {
    INDArray pixels =
        Nd4j.createUninitialized(DataType.UINT8, 1, size.height(), size.width(), CHANNELS);
    new BytePointer(pixels.data().addressPointer()).put(photo.pixels(size));
    return Minibatch.planes(pixels);
  }

  private static void write(Storage file, byte[] content) {
    file.write(stream -> stream.write(content));
  }

  private static String text(Shape shape) {
    return shape.height() + " x " + shape.width();
  }
}
