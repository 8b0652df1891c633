package io.convoy.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.averaging.EpochPlan;
import io.convoy.averaging.WorkerPlan;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadTest {
  @ParameterizedTest
  @CsvSource({"100,8,2,2", "100,8,3,2", "96,8,2,6", "1000,32,5,16", "17,1,4,1", "16,16,4,3"})
  void roundsAndStepsAreThoseOfTheRealPlanOfAnEpoch(
      int images, int batch, int workers, int frequency) {
    WorkerPlan plan = new WorkerPlan(workers, 1, batch, frequency, 0, 1);
    List<List<List<int[]>>> rounds = EpochPlan.of(images, plan, 1, 0).rounds();
    Workload workload = new Workload(images, batch);
    assertEquals(rounds.size(), workload.rounds(workers, frequency));
    assertEquals(
        rounds.stream()
            .mapToInt(round -> round.stream().mapToInt(List::size).max().orElseThrow())
            .sum(),
        workload.steps(workers, frequency));
  }

  @Test
  void oneWorkerGoesThroughItsEpoch() {
    Workload workload = new Workload(100, 8);
    assertEquals(1, workload.rounds(1, 2));
    assertEquals(13, workload.steps(1, 2));
  }
}
