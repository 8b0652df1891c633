package io.convoy.ingest;

import java.io.Serializable;

/**
 * From a listed file to pixels. Travels to the tasks.
 *
 * @param contents reads the files
 * @param pixels decodes them
 */
public record PhotoLoader(FileContents contents, PhotoPixels pixels) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Reads a file; one that is too large is not read.
   *
   * @throws RejectedFileException if it is too large, gone, changed, or cannot be opened
   * @throws java.io.UncheckedIOException if the file system fails
   */
  public byte[] read(PhotoFile file) throws RejectedFileException {
    if (!file.fault().isEmpty()) {
      throw new RejectedFileException(file.fault(), file.bytes() + " bytes when listed");
    }
    if (pixels.isTooLarge(file.bytes())) {
      throw new RejectedFileException(pixels.tooLarge(), file.bytes() + " bytes");
    }
    return contents.read(file);
  }

  /**
   * Decodes the bytes of a file.
   *
   * @return uint8 [height, width, 3], RGB
   * @throws RejectedFileException if they are no photo that can be used
   */
  public byte[] decode(byte[] file) throws RejectedFileException {
    return pixels.ofFile(file);
  }
}
