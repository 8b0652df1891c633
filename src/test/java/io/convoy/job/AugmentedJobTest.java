package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.SampleCommand;
import io.convoy.failure.UserException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentedJobTest {
  private static final int HEIGHT = 16;
  private static final int WIDTH = 20;
  private static final String AUGMENT = "architectures.wide.augment";

  @TempDir Path folder;
  private Workplace place;

  @BeforeEach
  void aPhotoOfItsImagesSize() throws IOException {
    place = new Workplace(folder);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, 100 + 5 * x << 16 | 100 + 6 * y << 8 | 120);
      }
    }
    ImageIO.write(image, "png", place.path("photo.png").toFile());
  }

  private SampleCommand.Augmented of(String photo, int images, Map<String, String> settings) {
    return new SampleCommand.Augmented(
        place.at(photo), place.at("out"), images, Workplace.settings(settings), Existing.KEEP);
  }

  private void run(SampleCommand.Augmented command) {
    new AugmentedJob(place.contextWithoutSpark()).run(command);
  }

  private String refused(SampleCommand.Augmented command) {
    String message = assertThrows(UserException.class, () -> run(command)).getMessage();
    assertEquals(1, message.lines().count(), message);
    assertFalse(Files.exists(place.path("out/wide.png")));
    return message;
  }

  private static int[] cell(BufferedImage sheet, int column, int row) {
    return sheet.getRGB(column * (WIDTH + 2), row * (HEIGHT + 2), WIDTH, HEIGHT, null, 0, WIDTH);
  }

  @Test
  void thePhotoComesFirstAndThenWhatTheEpochsMakeOfIt() throws IOException {
    run(of("photo.png", 5, Map.of(AUGMENT, "{ rotation = 20, brightness = 0.2 }")));

    BufferedImage sheet = ImageIO.read(place.path("out/wide.png").toFile());
    assertEquals(3 * (WIDTH + 2) - 2, sheet.getWidth());
    assertEquals(2 * (HEIGHT + 2) - 2, sheet.getHeight());
    BufferedImage photo = ImageIO.read(place.path("photo.png").toFile());
    int[] pixels = photo.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH);
    assertTrue(Arrays.equals(pixels, cell(sheet, 0, 0)));
    Set<Integer> different = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      different.add(Arrays.hashCode(cell(sheet, i % 3, i / 3)));
    }
    assertEquals(6, different.size());
    assertFalse(Files.exists(place.path("out/deep.png")));
    assertTrue(place.out().contains("wide.png: the photo, and"), place.out());
  }

  @Test
  void theSameSeedDrawsTheSameBytes() throws IOException {
    run(of("photo.png", 5, Map.of(AUGMENT, "{ crop-scale = [0.5, 1] }")));
    byte[] first = Files.readAllBytes(place.path("out/wide.png"));
    Files.delete(place.path("out/wide.png"));
    run(of("photo.png", 5, Map.of(AUGMENT, "{ crop-scale = [0.5, 1] }")));
    assertTrue(Arrays.equals(first, Files.readAllBytes(place.path("out/wide.png"))));
  }

  @Test
  void withoutAnAugmentBlockThereIsNothingToShow() {
    assertEquals(
        "Nothing augments the photo: wide, deep have no augment block; give settings that have one,"
            + " such as --conf conf/modern.conf.",
        refused(of("photo.png", 5, Map.of())));
  }

  @Test
  void aPhotoThatIsNotThereIsToldByItsOption() {
    String message = refused(of("none.png", 5, Map.of(AUGMENT, "{ flip = true }")));
    assertTrue(message.endsWith("there is no such photo; check --augmented."), message);
  }

  @Test
  void aSheetThatIsTooLargeIsRefused() {
    assertEquals(
        "--images 1000000: too many pictures of 16 x 20 pixels for one sheet; give fewer.",
        refused(of("photo.png", 1_000_000, Map.of(AUGMENT, "{ flip = true }"))));
  }

  @Test
  void aRunAugmentsForTheArchitectureThatSaysSoAlone() throws IOException {
    place.withPhotos();
    for (Map.Entry<String, String> run :
        Map.of("plain", "{}", "augmented", "{ cutout = 0.5 }").entrySet()) {
      new RunJob(place.context())
          .run(place.run(run.getKey(), Workplace.settings(Map.of(AUGMENT, run.getValue()))));
    }
    assertEquals(predictions("plain", "deep"), predictions("augmented", "deep"));
    assertNotEquals(predictions("plain", "wide"), predictions("augmented", "wide"));
  }

  private List<String> predictions(String run, String architecture) throws IOException {
    List<String> lines =
        Files.readAllLines(place.path(run + "/tables/predictions.csv")).stream()
            .filter(line -> line.startsWith(architecture + ","))
            .toList();
    assertFalse(lines.isEmpty());
    return lines;
  }
}
