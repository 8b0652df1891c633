package io.convoy.averaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.averaging.ResidentWorker.Trained;
import io.convoy.optimizer.LearningRate;
import io.convoy.settings.Schedule;
import io.convoy.spark.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.storage.BlockManagerId;
import org.junit.jupiter.api.Test;
import scala.Option;

/** Two workers that report what the test says, and note what they are told. */
class RoundCoordinatorTest {
  private static final List<BlockManagerId> PLACES = List.of(place("0"), place("1"));
  private static final Trained TRAINED = new Trained(List.of(), 8, 8, List.of());

  private final RoundCoordinator coordinator =
      new RoundCoordinator(SharedSpark.context().env().rpcEnv(), PLACES);

  private static BlockManagerId place(String executor) {
    return BlockManagerId.apply(executor, "host", 1, Option.empty());
  }

  /** What a worker was told in answer to a report. */
  private List<Instruction> report(Report report) {
    List<Instruction> answers = new ArrayList<>();
    coordinator
        .receiveAndReply(
            new RpcCallContext() {
              @Override
              public void reply(Object response) {
                answers.add(Message.of((byte[]) response, Instruction.class));
              }

              @Override
              public void sendFailure(Throwable e) {
                throw new AssertionError(e);
              }

              @Override
              public RpcAddress senderAddress() {
                return RpcAddress.apply("host", 1);
              }
            })
        .apply(report.bytes());
    return answers;
  }

  private List<Instruction> ready(int worker) {
    return report(new Report.Ready(worker, PLACES.get(worker)));
  }

  private List<Instruction> trained(int worker) {
    return report(new Report.HasTrained(worker, TRAINED));
  }

  private List<Instruction> averaged(int worker) {
    return report(new Report.HasAveraged(worker, List.of()));
  }

  private Future<Optional<RoundResult>> begin(int round) {
    List<Instruction.Train> instructions = new ArrayList<>();
    for (int worker = 0; worker < PLACES.size(); worker++) {
      instructions.add(train(round, worker));
    }
    return coordinator.begin(instructions);
  }

  private static Instruction.Train train(int round, int worker) {
    RoundTask task =
        new RoundTask(
            "run",
            1,
            round,
            Exchange.PARAMETERS,
            Extent.PARAMETERS,
            new RoundLearningRate(
                new LearningRate(new Schedule.Constant(0), 1), 0, 100, round, List.of(1, 1)),
            round,
            0,
            new SliceBlocks(1),
            PLACES);
    return new Instruction.Train(task, List.of("of " + worker), List.of(), List.of());
  }

  private static List<Instruction> told(Instruction instruction) {
    return List.of(instruction);
  }

  @Test
  void aRoundGoesOnWhenAllHaveComeAsFar() throws ExecutionException, InterruptedException {
    List<Instruction> first = ready(0);
    List<Instruction> second = ready(1);
    assertTrue(first.isEmpty());

    Future<Optional<RoundResult>> round = begin(2);
    assertEquals(told(train(2, 0)), first);
    assertEquals(told(train(2, 1)), second);

    first = trained(0);
    assertTrue(first.isEmpty());
    second = trained(1);
    Instruction average = new Instruction.Average(List.of(TRAINED, TRAINED));
    assertEquals(told(average), first);
    assertEquals(told(average), second);

    first = averaged(0);
    assertFalse(round.isDone());
    averaged(1);
    assertEquals(List.of(TRAINED, TRAINED), round.get().orElseThrow().workers());

    begin(3);
    assertEquals(told(train(3, 0)), first);
  }

  @Test
  void whoComesLateIsToldOfTheRoundThatHasBegun() {
    begin(2);
    assertFalse(coordinator.isWhole());
    assertEquals(told(train(2, 0)), ready(0));
    assertEquals(told(train(2, 1)), ready(1));
    assertTrue(coordinator.isWhole());
  }

  @Test
  void aTaskThatIsTriedAgainDoesItsPartOfTheRoundAgain()
      throws ExecutionException, InterruptedException {
    Future<Optional<RoundResult>> round = begin(2);
    ready(0);
    ready(1);
    trained(0);
    trained(1);
    List<Instruction> first = averaged(0);

    assertEquals(told(train(2, 1)), ready(1));
    assertEquals(told(new Instruction.Average(List.of(TRAINED, TRAINED))), trained(1));
    assertTrue(first.isEmpty());
    averaged(1);
    assertTrue(round.get().isPresent());
  }

  @Test
  void oneThatIsAtALossEndsAll() throws ExecutionException, InterruptedException {
    Future<Optional<RoundResult>> round = begin(2);
    ready(0);
    ready(1);
    List<Instruction> first = trained(0);

    assertEquals(told(new Instruction.End()), report(new Report.IsAtALoss(1)));
    assertEquals(told(new Instruction.End()), first);
    assertTrue(round.get().isEmpty());
  }

  @Test
  void aTaskOnAnotherExecutorThanItsWorkersEndsAll()
      throws ExecutionException, InterruptedException {
    Future<Optional<RoundResult>> round = begin(2);
    ready(0);

    assertEquals(told(new Instruction.End()), report(new Report.Ready(1, PLACES.get(0))));
    assertEquals(told(new Instruction.End()), trained(0));
    assertTrue(round.get().isEmpty());
  }

  @Test
  void afterItsEndNobodyWaits() throws ExecutionException, InterruptedException {
    List<Instruction> first = ready(0);

    coordinator.end();

    assertEquals(told(new Instruction.End()), first);
    assertEquals(told(new Instruction.End()), ready(1));
    assertTrue(begin(2).get().isEmpty());
  }
}
