package io.convoy.storage;

import io.convoy.failure.UserException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
 * is taken over; that of another machine, or one that was begun and not ended, when it has not
 * changed for {@value #PATIENCE_SECONDS} seconds. No clocks are compared.
 *
 * <p>Two processes may take a lock over at the same moment, and an object store cannot create a
 * file only where there is none: in both cases the owner looks again after {@value #SETTLE_SECONDS}
 * seconds whether the file is still its own.
 */
public final class FolderLock implements AutoCloseable {
  /** The name of the lock in its folder. */
  public static final String FILE = "_lock";

  private static final int BEAT_SECONDS = 10;
  private static final int PATIENCE_SECONDS = 30;
  private static final int LOOK_SECONDS = 5;
  private static final int SETTLE_SECONDS = 2;

  private final Storage file;
  private final LockOwner owner;
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

  private FolderLock(Storage file, LockOwner owner) {
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
    FolderLock lock = new FolderLock(folder.child(FILE), LockOwner.here());
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
    boolean isNew = file.writeNew(content());
    if (!isNew) {
      takeOver(pause, remark);
    }
    if (!isNew || file.showsFilesWhole()) {
      // Another may have written it at the same moment: the one that wrote last has it.
      pause.seconds(SETTLE_SECONDS);
      requireHeld();
    }
  }

  private void takeOver(Pause pause, Consumer<String> remark) {
    Optional<Found> found = find();
    if (found.isPresent()) {
      if (!found.get().owner().map(LockOwner::isDeadHere).orElse(false)) {
        awaitSilence(found.get(), pause, remark);
      }
      requireSilence(found.get());
    }
    file.write(out -> out.write(content()));
  }

  private void awaitSilence(Found found, Pause pause, Consumer<String> remark) {
    if (found.owner().map(LockOwner::isAliveHere).orElse(false)) {
      throw refusal(found);
    }
    remark.accept(
        "%s was locked by %s; waiting %d seconds to see whether it is still alive."
            .formatted(file.parent(), found, PATIENCE_SECONDS));
    for (int waited = 0; waited < PATIENCE_SECONDS; waited += LOOK_SECONDS) {
      pause.seconds(LOOK_SECONDS);
      requireSilence(found);
    }
  }

  private void requireSilence(Found found) {
    if (!find().equals(Optional.of(found))) {
      throw refusal(found);
    }
  }

  private UserException refusal(Found found) {
    return new UserException(
        "%s is being written by another run (%s); wait until it has ended, or choose another folder.",
        file.parent(), found);
  }

  /**
   * Makes sure that no other run has taken the folder over, say while this process was suspended.
   *
   * @throws UserException if one has
   */
  public void requireHeld() {
    if (!isHeld()) {
      Optional<LockOwner> other = find().flatMap(Found::owner);
      throw new UserException(
          "%s was taken over by another run%s; this one stops.",
          file.parent(), other.map(it -> " (" + it + ")").orElse(""));
    }
  }

  /**
   * Whether no other run has taken the folder over. A lock that cannot be read at this moment is
   * not taken for another's. Not while it is written: s3a refuses to read a file that changes
   * meanwhile.
   */
  public synchronized boolean isHeld() {
    return !lost.get()
        && find().map(found -> found.owner().map(owner::equals).orElse(true)).orElse(false);
  }

  private synchronized void renew() {
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

  /** What the file holds now; empty where there is none. */
  private Optional<Found> find() {
    try {
      return file.exists() ? Optional.of(new Found(text(file.read()))) : Optional.empty();
    } catch (UncheckedIOException e) {
      // Deleted at this moment, or not to be read for another reason.
      return file.exists() ? Optional.of(new Found("")) : Optional.empty();
    }
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  private record Held(LockOwner owner, long beat) {}

  /** A lock as its file has it, half-written ones too, whose owner is not known. */
  private record Found(String content) {
    Optional<LockOwner> owner() {
      try {
        return Optional.ofNullable(Json.read(content.getBytes(StandardCharsets.UTF_8), Held.class))
            .map(Held::owner);
      } catch (UncheckedIOException e) {
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return owner().map(LockOwner::toString).orElse("a process that has not yet said its name");
    }
  }

  /** Gives the folder free. */
  @Override
  public void close() {
    stopRenewal();
    if (isHeld()) {
      file.delete();
    }
  }
}
