package io.convoy.augment;

import io.convoy.image.ImageSize;
import io.convoy.image.PngEncoder;
import io.convoy.image.Rgb;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Images of one size, side by side on white, half as many again in a row as there are rows. */
public final class ContactSheet {
  /** The most pixels of a sheet, which take 4 bytes each. */
  public static final long MOST_PIXELS = 50_000_000;

  private static final int GAP = 2;

  private final ImageSize cell;
  private final int columns;
  private final BufferedImage sheet;
  private int added;

  /**
   * @param cell size of each image
   * @param images how many there will be, so that they have at most {@link #MOST_PIXELS}
   */
  public ContactSheet(ImageSize cell, int images) {
    this.cell = cell;
    this.columns = (int) Math.ceil(Math.sqrt(1.5 * images));
    int rows = (images + columns - 1) / columns;
    this.sheet =
        new BufferedImage(
            columns * (cell.width() + GAP) - GAP,
            rows * (cell.height() + GAP) - GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = sheet.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    pen.dispose();
  }

  /**
   * Adds an image: right of the last one, or at the start of the next row.
   *
   * @param rgb uint8 [height, width, 3], RGB
   */
  public void add(byte[] rgb) {
    int left = added % columns * (cell.width() + GAP);
    int top = added / columns * (cell.height() + GAP);
    int[] row = new int[cell.width() * Rgb.CHANNELS];
    for (int y = 0; y < cell.height(); y++) {
      for (int i = 0; i < row.length; i++) {
        row[i] = rgb[y * row.length + i] & 0xFF;
      }
      sheet.getRaster().setPixels(left, top + y, cell.width(), 1, row);
    }
    added++;
  }

  /** The bytes of its PNG file. */
  public byte[] png() {
    return PngEncoder.encode(sheet);
  }
}
