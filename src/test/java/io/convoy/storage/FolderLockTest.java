package io.convoy.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  private static final FolderLock.Pause NONE =
      seconds -> {
        throw new AssertionError("waited");
      };

  @TempDir Path disk;
  private final List<String> remarks = new ArrayList<>();

  @Test
  void aSecondRunOfALivingProcessIsRefusedAtOnce() {
    try (FolderLock first = take(NONE)) {
      first.requireHeld();
      UserException e = assertThrows(UserException.class, () -> take(NONE));

      assertTrue(e.getMessage().contains("being written by another run"), e.getMessage());
      first.requireHeld();
    }
  }

  @Test
  void aLockThatCannotBeReadForAMomentIsNotTakenForAnothers() throws IOException {
    try (FolderLock lock = take(NONE)) {
      Files.writeString(disk.resolve("run/_lock"), "");

      lock.requireHeld();
    }
  }

  @Test
  void aFolderThatWasGivenFreeCanBeTakenAgain() {
    take(NONE).close();

    take(NONE).close();

    assertFalse(Files.exists(disk.resolve("run/_lock")));
  }

  @Test
  void theLockOfADeadProcessOfThisMachineIsTakenOverWithinMoments() throws IOException {
    lock(here(Long.MAX_VALUE, "2000-01-01T00:00:00Z", "1"), 7);
    int[] waited = new int[1];

    take(seconds -> waited[0] += seconds).close();

    assertEquals(2, waited[0]);
  }

  @Test
  void ofTwoThatTakeOverTheLockOfADeadProcessOneStops() throws IOException {
    lock(here(Long.MAX_VALUE, "2000-01-01T00:00:00Z", "1"), 7);

    UserException e =
        assertThrows(UserException.class, () -> take(seconds -> lockAgain(farAway(), 1)));

    assertTrue(e.getMessage().contains("taken over by another run"), e.getMessage());
    assertTrue(Files.readString(disk.resolve("run/_lock")).contains("far.example"));
  }

  @Test
  void aLockThatChangedHandsWhileOneWaitedForItsOwnerIsRespected() throws IOException {
    lock(farAway(), 7);
    int[] waits = new int[1];

    UserException e =
        assertThrows(
            UserException.class,
            () ->
                take(
                    seconds -> {
                      if (++waits[0] == 6) {
                        lockAgain(here(1, "2000-01-01T00:00:00Z", "1"), 0);
                      }
                    }));

    assertTrue(e.getMessage().contains("being written by another run"), e.getMessage());
  }

  @Test
  void theLockOfAProcessWhoseNumberWasGivenAgainIsTakenOver() throws IOException {
    lock(here(ProcessHandle.current().pid(), "2000-01-01T00:00:00Z", "1"), 7);

    take(seconds -> {}).close();
  }

  @Test
  void aClockThatIsSetMakesNoProcessAnother() throws IOException {
    assumeFalse(LockOwner.here().ticks().isEmpty(), "only Linux counts ticks");
    lock(here(ProcessHandle.current().pid(), "2000-01-01T00:00:00Z", LockOwner.here().ticks()), 7);

    assertThrows(UserException.class, () -> take(seconds -> {}));
  }

  /** Of an earlier convoy, whose locks say no more. */
  @Test
  void anOlderLockIsJudgedByTheTimeAtWhichItsProcessStarted() throws IOException {
    LockOwner here = LockOwner.here();
    long self = ProcessHandle.current().pid();
    lock(new LockOwner("a", here.host(), null, self, here.processStarted(), null, ""), 7);
    assertThrows(UserException.class, () -> take(seconds -> {}));

    lock(new LockOwner("a", here.host(), null, self, "2000-01-01T00:00:00Z", null, ""), 7);
    take(seconds -> {}).close();
  }

  @Test
  void theLockOfAnotherMachineIsTakenOverWhenItIsSilent() throws IOException {
    lock(farAway(), 7);
    int[] waited = new int[1];

    take(seconds -> waited[0] += seconds).close();

    assertEquals(32, waited[0]);
    assertTrue(remarks.get(0).contains("far.example"), remarks::toString);
  }

  @Test
  void aProcessOfAContainerThatIsCalledLikeThisMachineIsWaitedFor() throws IOException {
    LockOwner here = LockOwner.here();
    lock(new LockOwner("other", here.host(), "another", 1 << 22, "", "7", here.since()), 7);
    int[] waited = new int[1];

    take(seconds -> waited[0] += seconds).close();

    assertEquals(32, waited[0]);
  }

  @Test
  void theLockOfAnotherMachineIsRespectedWhenItBeats() throws IOException {
    lock(farAway(), 7);

    UserException e =
        assertThrows(UserException.class, () -> take(seconds -> lockAgain(farAway(), 8)));

    assertTrue(e.getMessage().contains("far.example"), e.getMessage());
  }

  @Test
  void aLockThatIsBeingWrittenIsRespected() throws IOException {
    lockHalf();

    UserException e =
        assertThrows(UserException.class, () -> take(seconds -> lockAgain(farAway(), 0)));

    assertTrue(e.getMessage().contains("being written by another run"), e.getMessage());
  }

  @Test
  void aLockThatWasBegunAndNeverWrittenIsTakenOverAfterAWhile() throws IOException {
    lockHalf();
    int[] waited = new int[1];

    take(seconds -> waited[0] += seconds).close();

    assertEquals(32, waited[0]);
  }

  private void lockHalf() throws IOException {
    Files.createDirectories(disk.resolve("run"));
    Files.write(disk.resolve("run/_lock"), new byte[0]);
  }

  @Test
  void aRunWhoseFolderWasTakenOverStopsAndLeavesTheOtherLock() throws IOException {
    try (FolderLock lock = take(NONE)) {
      lock(farAway(), 1);

      UserException e = assertThrows(UserException.class, lock::requireHeld);

      assertTrue(e.getMessage().contains("taken over by another run"), e.getMessage());
    }
    assertTrue(Files.exists(disk.resolve("run/_lock")));
  }

  private FolderLock take(FolderLock.Pause pause) {
    return FolderLock.take(folder(), pause, remarks::add);
  }

  private Storage folder() {
    return Storage.at(disk.resolve("run").toString(), new Configuration());
  }

  private static LockOwner here(long process, String started, String ticks) {
    LockOwner here = LockOwner.here();
    return new LockOwner(
        "other", here.host(), here.namespace(), process, started, ticks, here.since());
  }

  private static LockOwner farAway() {
    return new LockOwner("other", "far.example", "", 1, "", "", "2026-01-01T00:00:00Z");
  }

  private void lock(LockOwner owner, long beat) throws IOException {
    Files.createDirectories(disk.resolve("run"));
    Files.write(disk.resolve("run/_lock"), Json.write(new Held(owner, beat)));
  }

  private void lockAgain(LockOwner owner, long beat) {
    try {
      lock(owner, beat);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The content of the lock's file. */
  record Held(LockOwner owner, long beat) {}
}
