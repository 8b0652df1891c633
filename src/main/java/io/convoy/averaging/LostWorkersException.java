package io.convoy.averaging;

import io.convoy.failure.Amount;

/** Executors are lost again and again, with the workers on them. */
public final class LostWorkersException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LostWorkersException(int losses) {
    super("workers were lost " + Amount.of(losses, "time") + " in one round");
  }
}
