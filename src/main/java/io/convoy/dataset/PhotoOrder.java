package io.convoy.dataset;

import java.io.Serializable;
import java.util.Comparator;

/** Photos in the order of their paths. */
final class PhotoOrder implements Comparator<Photo>, Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public int compare(Photo a, Photo b) {
    return a.path().compareTo(b.path());
  }
}
