package io.convoy.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Files made in memory: left half red, right half blue, unless said otherwise. */
final class TestImages {
  private TestImages() {}

  static BufferedImage redAndBlue(int height, int width, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D pen = image.createGraphics();
    fill(pen, Color.RED, 0, 0, height, width / 2);
    fill(pen, Color.BLUE, 0, width / 2, height, width - width / 2);
    pen.dispose();
    return image;
  }

  /** Clockwise from the top left: red, green, blue and white quarters. */
  static BufferedImage fourCorners(int height, int width) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    fill(pen, Color.RED, 0, 0, height / 2, width / 2);
    fill(pen, Color.GREEN, 0, width / 2, height / 2, width / 2);
    fill(pen, Color.BLUE, height / 2, width / 2, height / 2, width / 2);
    fill(pen, Color.WHITE, height / 2, 0, height / 2, width / 2);
    pen.dispose();
    return image;
  }

  /** Rows and columns of noise, whose file is long enough to be cut and changed anywhere. */
  static BufferedImage texture(int height, int width) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        image.setRGB(column, row, (row * 31 + column * 17) * 2654435 ^ row * column);
      }
    }
    return image;
  }

  static byte[] jpeg(int height, int width) {
    return encoded(redAndBlue(height, width, BufferedImage.TYPE_INT_RGB), "jpeg");
  }

  static byte[] png(int height, int width) {
    return encoded(redAndBlue(height, width, BufferedImage.TYPE_INT_RGB), "png");
  }

  static byte[] encoded(RenderedImage image, String format) {
    try (ByteArrayOutputStream file = new ByteArrayOutputStream()) {
      if (!ImageIO.write(image, format, file)) {
        throw new IllegalArgumentException("no writer of " + format + " for this image");
      }
      return file.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] progressiveJpeg(BufferedImage image) {
    return written("jpeg", new IIOImage(image, null, null), ImageWriteParam.MODE_DEFAULT);
  }

  static byte[] interlacedPng(BufferedImage image) {
    return written("png", new IIOImage(image, null, null), ImageWriteParam.MODE_DEFAULT);
  }

  /**
   * A four-component JPEG of one colour, with the Adobe marker and the polarity of Adobe's files.
   *
   * @param transform Adobe's: 0 if the components are CMYK, 2 if YCCK
   */
  static byte[] adobeJpeg(int height, int width, int transform, int... components) {
    WritableRaster raster = Raster.createInterleavedRaster(0, width, height, 4, null);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        raster.setPixel(column, row, components);
      }
    }
    byte[] plain = written("jpeg", new IIOImage(raster, null, null), ImageWriteParam.MODE_DISABLED);
    byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform};
    return Bytes.insert(plain, 2, Bytes.segment(0xEE, adobe));
  }

  private static void fill(
      Graphics2D pen, Color colour, int row, int column, int height, int width) {
    pen.setColor(colour);
    pen.fillRect(column, row, width, height);
  }

  private static byte[] written(String format, IIOImage image, int progressiveMode) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setProgressiveMode(progressiveMode);
      writer.setOutput(out);
      writer.write(null, image, parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  /**
   * A bitmap of 3 x 3 pixels, one channel full, the others empty.
   *
   * @param headerBytes of the information header and its later versions
   * @param masks of red, green and blue
   */
  static byte[] maskedBmp(int headerBytes, int bits, int[] masks, int channel) {
    int rowBytes = (3 * bits + 31) / 32 * 4;
    int offset = 14 + Math.max(headerBytes, 52);
    ByteBuffer bmp = ByteBuffer.allocate(offset + 3 * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    bmp.put((byte) 'B').put((byte) 'M').putInt(bmp.capacity()).putInt(0).putInt(offset);
    bmp.putInt(headerBytes).putInt(3).putInt(3).putShort((short) 1).putShort((short) bits);
    bmp.putInt(3).position(54);
    for (int mask : masks) {
      bmp.putInt(mask);
    }
    for (int row = 0; row < 3; row++) {
      bmp.position(offset + row * rowBytes);
      for (int column = 0; column < 3; column++) {
        if (bits == 32) {
          bmp.putInt(masks[channel]);
        } else {
          bmp.putShort((short) masks[channel]);
        }
      }
    }
    return bmp.array();
  }
}
