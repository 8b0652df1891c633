package io.convoy.tracking;

/** Why the server has not taken something, in words that follow its address. */
final class TrackingException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** Whether it makes sense to try again. */
  enum Kind {
    /**
     * The server cannot be reached, is in trouble, or does not know the user: it may be so later.
     */
    UNAVAILABLE,
    /** The server does not want this. */
    REFUSED
  }

  TrackingException(Kind kind, String words, Throwable cause) {
    super(words, cause);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
