package io.convoy.image;

import java.io.IOException;

/**
 * What convoy must know of a file format before it lets OpenCV decode a file. The JDK's ImageIO
 * could give height and width, but neither orientation nor completeness, so that the files would be
 * walked here all the same.
 */
interface ImageFormat {
  /** The format's name as users write it. */
  String name();

  /** Whether a file that starts so is of this format. */
  boolean matches(byte[] start);

  /**
   * Reads from the first byte of the file as far as needed, never the pixels.
   *
   * @throws java.io.EOFException if the file ends before
   * @throws UnusableImageException if the header is nonsense, or of a kind that is not decoded
   */
  StoredImage read(ByteReader file) throws IOException, UnusableImageException;

  /**
   * Walks to the end of the image; OpenCV fills what is missing with grey. Called only when {@link
   * #read} has accepted the file. Bytes after the image do not matter.
   *
   * @return what OpenCV is given: the file, or a smaller one of the same size in pixels without the
   *     parts that upright RGB does not need, as every part is one more for native code to fall
   *     over
   * @throws java.io.EOFException if a part of the file is missing
   * @throws UnusableImageException if its pixels are of a kind that is not decoded
   */
  byte[] strip(byte[] file) throws IOException, UnusableImageException;

  /** The reason given when {@link #strip} falls off the file. */
  String missingEnd();
}
