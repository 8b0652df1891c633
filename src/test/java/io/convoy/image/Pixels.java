package io.convoy.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Reads a decoded photo: uint8, row by row, RGB. */
record Pixels(byte[] values, ImageSize shape) {
  private static final int JPEG_ERROR = 12;

  static Pixels of(byte[] file, int height, int width) throws UnusableImageException {
    ImageSize shape = new ImageSize(height, width);
    return new Pixels(new PhotoDecoder(shape, new ImageLimits(1_000_000)).decode(file), shape);
  }

  /** Within what JPEG changes of a flat colour. */
  void assertColour(int row, int column, int red, int green, int blue) {
    String place = "row " + row + ", column " + column + ", ";
    assertEquals(red, at(row, column, 0), JPEG_ERROR, place + "red");
    assertEquals(green, at(row, column, 1), JPEG_ERROR, place + "green");
    assertEquals(blue, at(row, column, 2), JPEG_ERROR, place + "blue");
  }

  /**
   * @param initial R, G, B or W
   */
  void assertColour(int row, int column, char initial) {
    assertColour(row, column, full(initial, 'R'), full(initial, 'G'), full(initial, 'B'));
  }

  private static int full(char initial, char channel) {
    return initial == channel || initial == 'W' ? 255 : 0;
  }

  void assertRed(int row, int column) {
    assertColour(row, column, 254, 0, 0);
  }

  void assertBlue(int row, int column) {
    assertColour(row, column, 0, 0, 254);
  }

  private int at(int row, int column, int channel) {
    return values[(row * shape.width() + column) * 3 + channel] & 0xFF;
  }
}
