package io.convoy.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * No file can do more than be refused. What native code does wrong ends the virtual machine, and
 * with it the build; the file that did it is then in target/fuzz-input.
 *
 * <p>Seeded, so the same damage each time. To look further: {@code mvn test
 * -Dtest=PhotoDecoderFuzzTest -Dfuzz.mutations=1000000 -Dfuzz.seed=7}.
 */
class PhotoDecoderFuzzTest {
  private static final int MUTATIONS = Integer.getInteger("fuzz.mutations", 4000);
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final Path INPUT = Path.of("target", "fuzz-input");
  private static final int HEIGHT = 24;
  private static final int WIDTH = 32;

  @Test
  void aDamagedFileGivesPixelsOrAReason() throws Exception {
    List<byte[]> files = files();
    Damage damage = new Damage(new Random(SEED));
    PhotoDecoder decoder = new PhotoDecoder(new ImageSize(5, 7), new ImageLimits(1_000_000));

    int used = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] file = damage.toOneOf(files);
      Files.write(INPUT, file);
      try {
        assertEquals(5 * 7 * 3, decoder.decode(file).length);
        used++;
      } catch (UnusableImageException e) {
        // The other right answer.
      }
    }

    assertTrue(used > MUTATIONS / 10, used + " used: most damage does not reach OpenCV");
  }

  private static List<byte[]> files() {
    BufferedImage texture = TestImages.texture(HEIGHT, WIDTH);
    List<byte[]> files = new ArrayList<>();
    for (String format : List.of("jpeg", "png", "bmp", "gif", "tiff")) {
      files.add(TestImages.encoded(texture, format));
    }
    files.add(TestImages.progressiveJpeg(texture));
    files.add(TestImages.encoded(image(BufferedImage.TYPE_BYTE_GRAY), "jpeg"));
    files.add(TestImages.adobeJpeg(HEIGHT, WIDTH, 0, 0, 255, 128, 0));
    files.add(TestImages.adobeJpeg(HEIGHT, WIDTH, 2, 179, 171, 0, 255));
    files.add(TestImages.jpeg(8 * HEIGHT, 8 * WIDTH));
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      files.add(
          Bytes.jpegWithExif(TestImages.jpeg(HEIGHT, WIDTH), Bytes.tiffWithOrientation(6, order)));
    }
    files.add(
        Bytes.insert(
            TestImages.png(HEIGHT, WIDTH),
            33,
            Bytes.chunk("eXIf", Bytes.tiffWithOrientation(5, ByteOrder.BIG_ENDIAN))));
    files.add(TestImages.interlacedPng(texture));
    for (int type :
        List.of(
            BufferedImage.TYPE_INT_ARGB,
            BufferedImage.TYPE_USHORT_GRAY,
            BufferedImage.TYPE_BYTE_INDEXED,
            BufferedImage.TYPE_BYTE_BINARY)) {
      files.add(TestImages.encoded(image(type), "png"));
      files.add(TestImages.interlacedPng(image(type)));
    }
    for (int type :
        List.of(
            BufferedImage.TYPE_BYTE_GRAY,
            BufferedImage.TYPE_USHORT_565_RGB,
            BufferedImage.TYPE_BYTE_INDEXED,
            BufferedImage.TYPE_BYTE_BINARY)) {
      files.add(TestImages.encoded(image(type), "bmp"));
    }
    files.add(WebPFiles.redAndBlue());
    files.add(WebPFiles.transparent());
    files.add(WebPFiles.lossless());
    return files;
  }

  private static BufferedImage image(int type) {
    return TestImages.redAndBlue(HEIGHT, WIDTH, type);
  }
}
