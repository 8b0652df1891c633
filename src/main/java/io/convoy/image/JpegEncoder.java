package io.convoy.image;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes JPEG at one quality, in memory. */
public final class JpegEncoder {
  private static final float QUALITY = 0.85f;

  private JpegEncoder() {}

  /**
   * The bytes of the image's JPEG file.
   *
   * @param image of {@link BufferedImage#TYPE_INT_RGB}
   */
  public static byte[] encode(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(QUALITY);
      writer.setOutput(output);
      writer.write(null, new IIOImage(interleaved(image), null, null), settings);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The same pixels as bytes R, G, B, which the writer copies as they are, and not one by one. */
  private static BufferedImage interleaved(BufferedImage image) {
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    byte[] bytes = new byte[pixels.length * Rgb.CHANNELS];
    for (int i = 0, out = 0; i < pixels.length; i++) {
      bytes[out++] = (byte) (pixels[i] >> 16);
      bytes[out++] = (byte) (pixels[i] >> 8);
      bytes[out++] = (byte) pixels[i];
    }
    int width = image.getWidth();
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(bytes, bytes.length),
            width,
            image.getHeight(),
            width * Rgb.CHANNELS,
            Rgb.CHANNELS,
            new int[] {0, 1, 2},
            null);
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(model, raster, false, null);
  }
}
