package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialsTest {
  @Test
  void aTrialThatIsOutOfMemoryWhileItReadsDoesNotEndTheRun() {
    IOException read = new IOException(new OutOfMemoryError("Java heap space"));
    assertFalse(Trials.isOfTheRun(new IllegalStateException("Job aborted", read)));
  }

  @Test
  void aTrialThatEndsItsExecutorForWantOfMemoryIsOutOfMemory() {
    Exception lost =
        new IllegalStateException(
            "Lost task 0.3 in stage 9.0: ExecutorLostFailure (executor 4 exited caused by one of the"
                + " running tasks) Reason: Command exited with code 52");
    assertFalse(Trials.isOfTheRun(lost));
    assertEquals("out of memory: it ended its executor", Trials.reason(lost));
    assertEquals(
        "its loss is no number", Trials.reason(new IllegalStateException("its loss is no number")));
  }

  @Test
  void partsOfABroadcastThatWentWithAnExecutorDoNotEndTheRun() {
    IOException lost =
        new IOException(
            new IllegalStateException(
                "[INTERNAL_ERROR_BROADCAST] Failed to get broadcast_34_piece42 of broadcast_34"));
    Exception aborted = new IllegalStateException("Job aborted", lost);
    assertFalse(Trials.isOfTheRun(aborted));
    assertEquals(
        "its executor was lost, often for want of memory; the executor's log says why",
        Trials.reason(aborted));
  }

  @Test
  void whatCannotBeReadOrWrittenEndsTheRun() {
    IOException full = new IOException("No space left on device");
    assertTrue(Trials.isOfTheRun(new IllegalStateException("Job aborted", full)));
    assertTrue(Trials.isOfTheRun(new UncheckedIOException(full)));
  }

  @Test
  void aTrainingThatIsEndedWithAllOthersIsOfTheRun() {
    for (String words :
        List.of(
            "Job 7 cancelled as part of cancellation of all jobs",
            "[SPARK_JOB_CANCELLED] Job 7 cancelled part of cancelled job tag convoy-1")) {
      assertTrue(Trials.isOfTheRun(new IllegalStateException(words)), words);
    }
    assertTrue(Trials.isOfTheRun(new IllegalStateException(new InterruptedException())));
    assertFalse(
        Trials.isOfTheRun(
            new IllegalStateException("Job 7 cancelled because killed via the Web UI")));
  }

  @Test
  void aTrainingWhoseExecutorIsKilledAgainAndAgainIsTriedAgain() {
    Exception lost =
        new IllegalStateException(
            "Lost task 0.3 in stage 9.0: ExecutorLostFailure (executor 4 exited caused by one of the"
                + " running tasks) Reason: Command exited with code 137");
    assertFalse(Trials.isOfTheRun(lost));
    assertTrue(Trials.reason(lost).startsWith("its executor was lost"), Trials.reason(lost));
  }

  @Test
  void whatTheUserCanMendEndsTheRun() {
    assertTrue(Trials.isOfTheRun(new UserException("Give it more photos.")));
  }

  @Test
  void anyOtherFailureIsTheTrialsOwn() {
    assertFalse(Trials.isOfTheRun(new IllegalStateException("its loss is no number")));
  }
}
