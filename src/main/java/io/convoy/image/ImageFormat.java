package io.convoy.image;

import java.io.IOException;

/**
 * What convoy must know of a file format before it lets OpenCV decode a file. The JDK's ImageIO
 * could give height and width, but neither orientation nor completeness, so that the files would be
 * walked here all the same.
 */
interface ImageFormat {
  /** As users write it. */
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
   * Makes sure that the file goes on to the end of its image; OpenCV fills what is missing with
   * grey. Called only when {@link #read} has accepted the file. Bytes after the image do not
   * matter.
   *
   * @throws java.io.EOFException if a part of the file is missing
   */
  void walkToEnd(byte[] file) throws IOException;

  /** The reason given when {@link #walkToEnd} falls off the file. */
  String missingEnd();
}
