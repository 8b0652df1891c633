package io.convoy.doctor;

import java.io.Serializable;

/**
 * What one check came to at one place.
 *
 * @param place the driver or an executor, with its host
 * @param check its name
 * @param found in a few words
 * @param remedy what to do; empty where nothing is wrong
 */
public record Finding(String place, String check, String found, String remedy)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Whether there is something to mend. */
  public boolean failed() {
    return !remedy.isEmpty();
  }
}
