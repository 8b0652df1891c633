package io.convoy.ingest;

import java.io.Serializable;

/**
 * An image file as its folder lists it.
 *
 * @param path below the images folder
 * @param bytes its length
 */
public record ListedFile(String path, long bytes) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Why a file with more than so many bytes is not read. */
  public static String tooLarge(long most) {
    return "more bytes than images.max-file-bytes, " + most;
  }
}
