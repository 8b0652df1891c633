package io.convoy.averaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.averaging.ResidentWorker.Trained;
import io.convoy.failure.UserException;
import io.convoy.onednn.DenseWeights;
import io.convoy.optimizer.LearningRate;
import io.convoy.settings.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactorExchangeTest {
  @Test
  void workersOfWhichOneCannotSendFactorsSayWhatToDo() {
    RoundTask task =
        new RoundTask(
            "run",
            1,
            1,
            Exchange.GRADIENTS,
            Extent.PARAMETERS,
            new RoundLearningRate(
                new LearningRate(new Schedule.Constant(0), 1), 0, 1, 0, List.of(1)),
            0,
            0,
            new SliceBlocks(1),
            List.of());
    Trained byFactors = new Trained(List.of(), 4, 4, List.of(new DenseWeights(0, 360, 800)));
    Trained whole = new Trained(List.of(), 4, 4, List.of());
    FactorExchange own = new FactorExchange(0, List.of(), new SliceArrays());

    UserException e =
        assertThrows(UserException.class, () -> own.multiply(task, List.of(whole, byFactors)));

    assertEquals(
        "An executor computes by oneDNN and another one cannot, so that they cannot share"
            + " minibatches: see with submit/doctor what is missing, or set train.batch-of ="
            + " worker.",
        e.getMessage());
  }
}
