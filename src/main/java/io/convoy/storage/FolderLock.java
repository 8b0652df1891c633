package io.convoy.storage;

import io.convoy.failure.UserException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Keeps a second run out of a folder, on any file system: a file {@value #FILE} that its owner
 * writes anew every {@value #BEAT_SECONDS} seconds. The lock of a process that died on this machine
 * is taken over at once; that of another machine's when it has not changed for {@value
 * #PATIENCE_SECONDS} seconds. No clocks are compared.
 *
 * <p>An object store cannot create a file only where there is none; there the owner looks again
 * after a moment whether the file is still its own.
 */
public final class FolderLock implements AutoCloseable {
  /** The name of the lock in its folder. */
  public static final String FILE = "_lock";

  private static final int BEAT_SECONDS = 10;
  private static final int PATIENCE_SECONDS = 30;
  private static final int LOOK_SECONDS = 5;
  private static final int SETTLE_SECONDS = 2;

  private final Storage file;
  private final Owner owner;
  private final AtomicLong beat = new AtomicLong();
  private final AtomicBoolean lost = new AtomicBoolean();
  private final ScheduledExecutorService renewal;

  /** Lets seconds pass. */
  @FunctionalInterface
  public interface Pause {
    /** Returns after so many seconds. */
    void seconds(int seconds);

    /** On the wall clock. */
    static Pause real() {
      return seconds -> {
        try {
          TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted while waiting for a lock", e);
        }
      };
    }
  }

  private FolderLock(Storage file, Owner owner) {
    this.file = file;
    this.owner = owner;
    this.renewal =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lock of " + file);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Takes the folder, which is made where it is not there.
   *
   * @param folder to keep others out of
   * @param pause to wait for a sign of life of another owner
   * @param remark is told what is waited for
   * @throws UserException if another run has it
   */
  public static FolderLock take(Storage folder, Pause pause, Consumer<String> remark) {
    folder.makeFolder();
    FolderLock lock = new FolderLock(folder.child(FILE), Owner.here());
    try {
      lock.take(pause, remark);
    } catch (RuntimeException e) {
      lock.renewal.shutdownNow();
      throw e;
    }
    lock.renewal.scheduleWithFixedDelay(lock::renew, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
    return lock;
  }

  private void take(Pause pause, Consumer<String> remark) {
    if (!file.writeNew(content())) {
      Optional<Held> other = read();
      if (other.isPresent() && !other.get().owner().isDeadHere()) {
        awaitSilence(other.get(), pause, remark);
      }
      file.write(out -> out.write(content()));
    }
    if (!file.showsFilesWhole()) {
      return;
    }
    pause.seconds(SETTLE_SECONDS);
    requireHeld();
  }

  private void awaitSilence(Held held, Pause pause, Consumer<String> remark) {
    if (held.owner().isAliveHere()) {
      throw refusal(held.owner());
    }
    remark.accept(
        "%s was locked by %s; waiting %d seconds to see whether it is still alive."
            .formatted(file.parent(), held.owner(), PATIENCE_SECONDS));
    for (int waited = 0; waited < PATIENCE_SECONDS; waited += LOOK_SECONDS) {
      pause.seconds(LOOK_SECONDS);
      if (!read().equals(Optional.of(held))) {
        throw refusal(held.owner());
      }
    }
  }

  private UserException refusal(Owner other) {
    return new UserException(
        "%s is being written by another run (%s); wait until it has ended, or choose another folder.",
        file.parent(), other);
  }

  /**
   * Makes sure that no other run has taken the folder over, say while this process was suspended.
   *
   * @throws UserException if one has
   */
  public void requireHeld() {
    Optional<Held> held = read();
    if (lost.get() || held.isEmpty() || !held.get().owner().equals(owner)) {
      throw new UserException(
          "%s was taken over by another run%s; this one stops.",
          file.parent(), held.map(other -> " (" + other.owner() + ")").orElse(""));
    }
  }

  private void renew() {
    try {
      requireHeld();
      beat.incrementAndGet();
      file.write(out -> out.write(content()));
    } catch (UserException e) {
      lost.set(true);
    } catch (UncheckedIOException e) {
      // The file system fails for the moment; the next beat tries again.
    }
  }

  private void stopRenewal() {
    renewal.shutdown();
    try {
      renewal.awaitTermination(BEAT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] content() {
    return Json.write(new Held(owner, beat.get()));
  }

  private Optional<Held> read() {
    try {
      return file.exists() ? Optional.of(Json.read(file.read(), Held.class)) : Optional.empty();
    } catch (UncheckedIOException e) {
      // Deleted at this moment, or begun and not ended by a process that died.
      return Optional.empty();
    }
  }

  private record Held(Owner owner, long beat) {}

  /** Gives the folder free. */
  @Override
  public void close() {
    stopRenewal();
    if (!lost.get() && read().filter(held -> held.owner().equals(owner)).isPresent()) {
      file.delete();
    }
  }
}
