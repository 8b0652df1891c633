package io.convoy.averaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.averaging.ResidentWorker.Trained;
import io.convoy.failure.UserException;
import io.convoy.onednn.DenseWeights;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactorExchangeTest {
  @Test
  void workersOfWhichOneCannotSendFactorsSayWhatToDo() {
    Trained byFactors = new Trained(List.of(), 4, 4, List.of(new DenseWeights(0, 360, 800)));
    Trained whole = new Trained(List.of(), 4, 4, List.of());
    FactorExchange own = new FactorExchange(0, List.of(), new SliceArrays());

    UserException e =
        assertThrows(UserException.class, () -> own.requireAlike(List.of(whole, byFactors)));

    assertEquals(
        "An executor computes by oneDNN and another one cannot, so that they cannot share"
            + " minibatches: see with submit/doctor what is missing, or set train.batch-of ="
            + " worker.",
        e.getMessage());
  }
}
