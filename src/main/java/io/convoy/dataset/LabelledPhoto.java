package io.convoy.dataset;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A photo without its pixels; about 300 bytes, so that the driver can hold all of a folder.
 *
 * @param path below the images folder
 * @param label the class's index
 * @param hash SHA-256 of the file's bytes, 64 hexadecimal digits
 * @param height rows of the upright original
 * @param width columns of the upright original
 */
public record LabelledPhoto(String path, int label, String hash, int height, int width)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The order of the hashes; byte-identical files by their paths. */
  static final Comparator<LabelledPhoto> BY_HASH =
      Comparator.comparing(LabelledPhoto::hash).thenComparing(LabelledPhoto::path);
}
