package io.convoy.ingest;

import io.convoy.image.ImageLimits;
import io.convoy.image.ImageSize;
import io.convoy.image.PhotoDecoder;
import io.convoy.image.RawImage;
import io.convoy.image.UnusableImageException;
import java.io.Serializable;

/** From the bytes of a file to pixels, whatever the photo shows. Travels to the tasks. */
public final class PhotoPixels implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What Java's arrays hold. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

  private final ImageSize target;
  private final ImageLimits limits;
  private final long maxFileBytes;

  /** Does not serialise: each task makes its own. */
  private transient PhotoDecoder decoder;

  /**
   * @param target the shape of all results
   * @param limits of the photos
   * @param maxFileBytes a larger file is not read, at least 1
   */
  public PhotoPixels(ImageSize target, ImageLimits limits, long maxFileBytes) {
    this.target = target;
    this.limits = limits;
    this.maxFileBytes = maxFileBytes;
  }

  /** Whether a file has more bytes than may be read. */
  boolean isTooLarge(long bytes) {
    return bytes > Math.min(maxFileBytes, MOST_BYTES);
  }

  /** Why a file that is too large is not read. */
  String tooLarge() {
    return PhotoFile.tooLarge(maxFileBytes);
  }

  /**
   * Decodes the bytes of a file.
   *
   * @return uint8 [height, width, 3], RGB
   * @throws RejectedFileException if they are no photo that can be used
   */
  public byte[] ofFile(byte[] file) throws RejectedFileException {
    if (isTooLarge(file.length)) {
      throw new RejectedFileException(tooLarge(), file.length + " bytes");
    }
    try {
      return decoder().decode(file);
    } catch (UnusableImageException e) {
      throw RejectedFileException.of(e.getMessage(), file);
    }
  }

  /**
   * Squeezes an image that is decoded already.
   *
   * @return uint8 [height, width, 3], RGB
   * @throws RejectedFileException if it cannot be used
   */
  public byte[] ofImage(RawImage image) throws RejectedFileException {
    try {
      return decoder().squeeze(image);
    } catch (UnusableImageException e) {
      throw RejectedFileException.of(e.getMessage(), image.data());
    }
  }

  private PhotoDecoder decoder() {
    if (decoder == null) {
      decoder = new PhotoDecoder(target, limits);
    }
    return decoder;
  }
}
