package io.convoy.job;

import io.convoy.cli.FiltersCommand;
import io.convoy.engine.Minibatch;
import io.convoy.failure.UserException;
import io.convoy.filters.FilterPage;
import io.convoy.filters.Gallery;
import io.convoy.filters.RgbImage;
import io.convoy.image.ImageSize;
import io.convoy.image.Rgb;
import io.convoy.modelfile.ModelCard;
import io.convoy.modelfile.ModelFile;
import io.convoy.network.FirstLayer;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.SettingsLoader;
import io.convoy.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@code filters}: a photo under kernels, under max pooling, and in a network's first layer. */
public final class FiltersJob {
  /** The longer side of the pictures, so that the page can be mailed. */
  private static final int LONGEST_SIDE = 800;

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
  public void run(FiltersCommand command) {
    Storage out = context.storage(command.out());
    Storage image = context.storage(command.image());
    Optional<Storage> place = command.model().map(context::storage);
    InputPhoto photo = InputPhoto.open(image, "--image", limits());
    Gallery gallery = new Gallery();
    addPhoto(gallery, photo);
    Optional<ModelFile> model = place.map(ModelFile::at);
    model.ifPresent(given -> requireSize(given.card()));
    Storage[] inputs = Stream.concat(Stream.of(image), place.stream()).toArray(Storage[]::new);
    Outputs.check(out, command.existing(), inputs);
    model.ifPresent(given -> addNetwork(gallery, photo, given.load()));
    Outputs.empty(out);
    gallery.files().forEach((name, picture) -> write(out.child(name), picture.png()));
    FilterPage page = gallery.page(photo.name(), text(photo.shape()));
    write(out.child(PAGE), page.html().getBytes(StandardCharsets.UTF_8));
    context.print("%s: %,d pictures, and all of them in %s%n", out, gallery.files().size(), PAGE);
  }

  private static ImageSettings limits() {
    return new SettingsLoader().load("", "the defaults", Map.of()).settings().images();
  }

  private static void addPhoto(Gallery gallery, InputPhoto photo) {
    ImageSize shown = shown(photo);
    String note =
        shown.equals(photo.shape())
            ? "At its own size."
            : "Its %s pixels are shrunk to %s.".formatted(text(photo.shape()), text(shown));
    gallery.addViews("photo", "The photo", note, photo.photo(shown));
  }

  /** The photo's own size, or less where a side is too long. */
  private static ImageSize shown(InputPhoto photo) {
    ImageSize own = photo.shape();
    if (Math.min(own.height(), own.width()) < RgbImage.LEAST_SIDE) {
      throw new UserException(
          "%s has %s pixels, too few for a kernel and a pooling; give one of at least %d x %d.",
          photo, text(own), RgbImage.LEAST_SIDE, RgbImage.LEAST_SIDE);
    }
    double scale = Math.min(1, (double) LONGEST_SIDE / Math.max(own.height(), own.width()));
    return new ImageSize(scaled(own.height(), scale), scaled(own.width(), scale));
  }

  private static int scaled(int side, double scale) {
    return Math.max(RgbImage.LEAST_SIDE, (int) Math.round(side * scale));
  }

  private static void requireSize(ModelCard card) {
    if (Math.min(card.height(), card.width()) < RgbImage.LEAST_SIDE) {
      throw new UserException(
          "%s takes images of %d x %d pixels, too few for a kernel and a pooling; leave --model out.",
          card.architecture(), card.height(), card.width());
    }
  }

  private void addNetwork(Gallery gallery, InputPhoto photo, ModelFile.Loaded loaded) {
    String name = loaded.card().architecture();
    ImageSize size = new ImageSize(loaded.card().height(), loaded.card().width());
    gallery.addViews(
        "input",
        "As " + name + " takes it",
        "Squeezed to the size of the network's images.",
        photo.photo(size));
    Optional<FirstLayer> layer = FirstLayer.of(loaded.network());
    if (layer.isEmpty()) {
      context.remark(
          "%s: its first layer is no convolution, so it has no feature maps; the other pictures are"
              + " made.%n",
          name);
    }
    gallery.addNetwork(name, layer.map(first -> first.maps(planes(photo, size))).orElse(List.of()));
  }

  /** The photo as a network takes it. */
  private static INDArray planes(InputPhoto photo, ImageSize size) {
    INDArray pixels =
        Nd4j.createUninitialized(DataType.UINT8, 1, size.height(), size.width(), Rgb.CHANNELS);
    new BytePointer(pixels.data().addressPointer()).put(photo.pixels(size));
    return Minibatch.planes(pixels);
  }

  private static void write(Storage file, byte[] content) {
    file.write(stream -> stream.write(content));
  }

  private static String text(ImageSize shape) {
    return shape.height() + " x " + shape.width();
  }
}
