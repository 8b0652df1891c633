package io.convoy.ingest;

import java.io.Serializable;

/**
 * An image file as its folder lists it.
 *
 * @param path below the images folder
 * @param bytes its length
 * @param modified when it was changed last, in milliseconds since 1970
 * @param fault why it cannot be opened, where the listing tells that already; else empty
 */
public record PhotoFile(String path, long bytes, long modified, String fault)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A file that can be opened, as far as the listing tells. */
  public PhotoFile(String path, long bytes, long modified) {
    this(path, bytes, modified, "");
  }

  /** Why a file with more than so many bytes is not read. */
  public static String tooLarge(long most) {
    return "more bytes than images.max-file-bytes, " + most;
  }
}
