package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.FiltersCommand;
import io.convoy.failure.UserException;
import io.convoy.modelfile.ModelCard;
import io.convoy.modelfile.ModelFile;
import io.convoy.network.Network;
import io.convoy.network.NetworkBuilder;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Padding;
import io.convoy.settings.TestTimeAugmentation;
import io.convoy.storage.Storage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiltersJobTest {
  private static final int HEIGHT = 12;
  private static final int WIDTH = 16;

  @TempDir Path folder;
  private Workplace place;

  @BeforeEach
  void aPhotoThatIsBlackOnTheLeftAndWhiteOnTheRight() throws IOException {
    place = new Workplace(folder);
    draw("photo.png", 30, 40);
  }

  private void draw(String name, int height, int width) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(width / 2, 0, width, height);
    pen.dispose();
    ImageIO.write(image, "png", place.path(name).toFile());
  }

  private void model(String name, Layer first) {
    Architecture architecture =
        new Architecture(name, List.of(first), Loss.MSE, new Optimizer.Sgd(0.1), 2, 1);
    Network network = NetworkBuilder.configuration(architecture, 2, HEIGHT, WIDTH, 1).initialized();
    new ModelFile(Storage.at(place.at(name + "/best.zip"), new Configuration()))
        .write(
            ModelCard.of(
                name,
                List.of("dog", "cat"),
                HEIGHT,
                WIDTH,
                0.5,
                "hash",
                "0.0.0",
                "",
                TestTimeAugmentation.NONE,
                1),
            network,
            ModelFile.Updater.LEFT_OUT);
  }

  private void run(FiltersCommand command) {
    new FiltersJob(place.contextWithoutSpark()).run(command);
  }

  private FiltersCommand of(String photo) {
    return new FiltersCommand(place.at(photo), Optional.empty(), place.at("out"), Existing.KEEP);
  }

  private FiltersCommand of(String photo, String model) {
    return new FiltersCommand(
        place.at(photo), Optional.of(place.at(model)), place.at("out"), Existing.KEEP);
  }

  private BufferedImage picture(String name) throws IOException {
    return ImageIO.read(place.path("out/" + name).toFile());
  }

  private void assertSize(int height, int width, String name) throws IOException {
    BufferedImage picture = picture(name);
    assertEquals(height + " x " + width, picture.getHeight() + " x " + picture.getWidth(), name);
  }

  private List<String> made() throws IOException {
    try (Stream<Path> files = Files.walk(place.path("out"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> place.path("out").relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private String refused(FiltersCommand command) {
    String message = assertThrows(UserException.class, () -> run(command)).getMessage();
    assertEquals(1, message.lines().count(), message);
    assertFalse(Files.exists(place.path("out/index.html")));
    return message;
  }

  @Test
  void aPhotoAloneBecomesSixPicturesAndAPage() throws IOException {
    run(of("photo.png"));
    assertEquals(
        List.of(
            "index.html",
            "photo/h-pooled.png",
            "photo/h.png",
            "photo/original.png",
            "photo/pooled.png",
            "photo/v-pooled.png",
            "photo/v.png"),
        made());
    assertSize(30, 40, "photo/original.png");
    assertSize(28, 38, "photo/v.png");
    assertSize(14, 19, "photo/h-pooled.png");
    assertTrue(place.out().contains("6 pictures"), place.out());
    assertEquals("", place.err());
  }

  @Test
  void theEdgeInTheMiddleIsLightUnderVAndDarkUnderH() throws IOException {
    run(of("photo.png"));
    for (int column = 0; column < 38; column++) {
      int expected = column == 18 || column == 19 ? 255 : 0;
      assertEquals(expected, picture("photo/v.png").getRaster().getSample(column, 10, 0));
      assertEquals(0, picture("photo/h.png").getRaster().getSample(column, 10, 0));
    }
  }

  @Test
  void aPhotoIsShownUpright() throws IOException {
    BufferedImage stored = ImageIO.read(place.path("photo.png").toFile());
    ImageIO.write(stored, "jpeg", place.path("plain.jpg").toFile());
    byte[] jpeg = Files.readAllBytes(place.path("plain.jpg"));
    Files.write(place.path("turned.jpg"), turned(jpeg));
    run(of("turned.jpg"));
    assertSize(40, 30, "photo/original.png");
  }

  /** The same with an EXIF block that says: turn by 90 degrees. */
  private static byte[] turned(byte[] jpeg) {
    byte[] exif = {
      (byte) 0xFF,
      (byte) 0xE1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      6,
      0,
      0,
      0,
      0,
      0,
      0
    };
    byte[] whole = new byte[jpeg.length + exif.length];
    System.arraycopy(jpeg, 0, whole, 0, 2);
    System.arraycopy(exif, 0, whole, 2, exif.length);
    System.arraycopy(jpeg, 2, whole, 2 + exif.length, jpeg.length - 2);
    return whole;
  }

  @Test
  void aLargePhotoIsShrunkToEightHundredPixels() throws IOException {
    draw("large.png", 1200, 1600);
    run(of("large.png"));
    assertSize(600, 800, "photo/original.png");
  }

  @Test
  void aConvolutionalModelAddsItsViewOfThePhotoAndAMapAndAKernelAFilter() throws IOException {
    model("conv", new Layer.Convolution(2, 3, 3, 1, 1, Padding.NONE, Activation.RELU));
    run(of("photo.png", "conv"));
    assertEquals(1 + 6 + 6 + 2 * 2, made().size(), made()::toString);
    assertSize(HEIGHT, WIDTH, "input/original.png");
    assertSize(HEIGHT - 2, WIDTH - 2, "first-layer/map-002.png");
    assertSize(48, 48, "first-layer/kernel-002.png");
    assertEquals("", place.err());
  }

  @Test
  void aDenseFirstLayerIsSaidToHaveNoMapsAndTheOtherPicturesAreMade() throws IOException {
    model("wide", new Layer.Dense(3, Activation.RELU));
    run(of("photo.png", "wide"));
    assertEquals(1 + 6 + 6, made().size(), made()::toString);
    assertEquals(1, place.err().lines().count(), place.err());
    assertTrue(place.err().startsWith("wide: its first layer is no convolution"), place.err());
  }

  @Test
  void aPhotoThatIsNotThereIsNamed() {
    String message = refused(of("foto.png"));
    assertTrue(message.contains("foto.png") && message.contains("--image"), message);
  }

  @Test
  void aFolderIsNoPhoto() {
    String message = refused(of(""));
    assertTrue(message.contains("folder") && message.contains("--image"), message);
  }

  @Test
  void aFileThatIsNoImageIsRefusedWithTheReasonAndLeavesNoFolder() {
    place.withBadPhoto("bad.jpg");
    String message = refused(of("bad.jpg"));
    assertTrue(message.contains("bad.jpg cannot be used"), message);
    assertFalse(Files.exists(place.path("out")));
  }

  @Test
  void aTruncatedPhotoIsRefused() throws IOException {
    draw("cut.png", 200, 300);
    byte[] whole = Files.readAllBytes(place.path("cut.png"));
    Files.write(place.path("cut.png"), Arrays.copyOf(whole, whole.length / 2));
    assertTrue(refused(of("cut.png")).contains("cut.png cannot be used"));
  }

  @Test
  void aPhotoOfFewerPixelsThanAKernelNeedsIsRefused() throws IOException {
    draw("thin.png", 3, 40);
    assertTrue(refused(of("thin.png")).contains("4 x 4"));
  }

  @Test
  void aModelThatIsNotThereIsNamed() {
    String message = refused(of("photo.png", "models/none"));
    assertTrue(message.contains("models/none"), message);
    assertFalse(Files.exists(place.path("out")));
  }

  @Test
  void aFileThatIsNoModelIsNamed() {
    assertTrue(refused(of("photo.png", "photo.png")).contains("no model"));
  }

  @Test
  void anOccupiedOutputIsRefusedAndOverwrittenWhereAsked() throws IOException {
    Files.createDirectory(place.path("out"));
    Files.writeString(place.path("out/notes.txt"), "mine");
    String message = refused(of("photo.png"));
    assertTrue(message.contains("not empty") && message.contains("--overwrite"), message);
    run(
        new FiltersCommand(
            place.at("photo.png"), Optional.empty(), place.at("out"), Existing.OVERWRITE));
    assertFalse(Files.exists(place.path("out/notes.txt")));
  }

  @Test
  void noOutputThatWouldDeleteThePhotoIsOverwritten() {
    String message =
        refused(
            new FiltersCommand(
                place.at("photo.png"), Optional.empty(), place.at(""), Existing.OVERWRITE));
    assertTrue(message.contains("the input"), message);
    assertTrue(Files.exists(place.path("photo.png")));
  }
}
