package io.convoy.ingest;

import io.convoy.storage.Storage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;

/** A folder of small photos on the local disk. */
public final class PhotoFolder {
  private final Path folder;

  public PhotoFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder as the product sees it. */
  public Storage storage() {
    return Storage.at(folder.toString(), new Configuration());
  }

  /** Puts a file there, always with the same modification time. */
  public PhotoFolder put(String path, byte[] bytes) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts so many different cats and dogs there: {@code cat.0.png}, {@code dog.0.png}. */
  public PhotoFolder putAnimals(int cats, int dogs) {
    for (int i = 0; i < cats; i++) {
      put("cat." + i + ".png", png(6, 8, i));
    }
    for (int i = 0; i < dogs; i++) {
      put("dog." + i + ".png", png(6, 8, -1 - i));
    }
    return this;
  }

  /** Noise that the seed decides, 24 bits a pixel, without loss. */
  public static byte[] png(int height, int width, int seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        image.setRGB(column, row, random.nextInt());
      }
    }
    return encoded(image, "png");
  }

  /** One colour. */
  public static byte[] jpeg(int height, int width) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.ORANGE);
    pen.fillRect(0, 0, width, height);
    pen.dispose();
    return encoded(image, "jpeg");
  }

  private static byte[] encoded(BufferedImage image, String format) {
    try (ByteArrayOutputStream file = new ByteArrayOutputStream()) {
      ImageIO.write(image, format, file);
      return file.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
