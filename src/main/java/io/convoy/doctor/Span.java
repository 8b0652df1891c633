package io.convoy.doctor;

import java.io.Serializable;

/**
 * A time by one clock.
 *
 * @param from milliseconds since 1970
 * @param to not before
 */
record Span(long from, long to) implements Serializable {
  private static final long serialVersionUID = 1L;
}
