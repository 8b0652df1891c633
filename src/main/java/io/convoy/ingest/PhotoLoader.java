package io.convoy.ingest;

import io.convoy.image.ImageLimits;
import io.convoy.image.ImageSize;
import io.convoy.image.PhotoDecoder;
import io.convoy.image.UnusableImageException;
import java.io.Serializable;

/** From a listed file to pixels, whatever the photo shows. Travels to the tasks. */
public final class PhotoLoader implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What Java's arrays hold. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

  private final FileContents contents;
  private final ImageSize target;
  private final ImageLimits limits;
  private final long maxFileBytes;

  /** Does not serialise: each task makes its own. */
  private transient PhotoDecoder decoder;

  /**
   * @param contents reads the files
   * @param target the shape of all results
   * @param limits of the photos
   * @param maxFileBytes a larger file is not read, at least 1
   */
  public PhotoLoader(
      FileContents contents, ImageSize target, ImageLimits limits, long maxFileBytes) {
    this.contents = contents;
    this.target = target;
    this.limits = limits;
    this.maxFileBytes = maxFileBytes;
  }

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
    if (file.bytes() > Math.min(maxFileBytes, MOST_BYTES)) {
      throw new RejectedFileException(PhotoFile.tooLarge(maxFileBytes), file.bytes() + " bytes");
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
    try {
      return decoder().decode(file);
    } catch (UnusableImageException e) {
      throw RejectedFileException.of(e.getMessage(), file);
    }
  }

  private PhotoDecoder decoder() {
    if (decoder == null) {
      decoder = new PhotoDecoder(target, limits);
    }
    return decoder;
  }
}
