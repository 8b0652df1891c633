package io.convoy.averaging;

import io.convoy.averaging.ResidentWorker.Trained;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.rpc.RpcEnv;
import org.apache.spark.rpc.ThreadSafeRpcEndpoint;
import org.apache.spark.storage.BlockManagerId;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * Leads resident workers through one round after the other, from the driver, by messages of Spark's
 * own network: each tells how far it has come, and is answered once all have come as far. Executors
 * do not listen for one another's messages, so that all of them come here; they are small.
 *
 * <p>It ends for all workers where one cannot go on with the others, and where it is told to: who
 * waits for an answer then, and who reports later, is told to end. So nobody waits for ever.
 */
final class RoundCoordinator implements ThreadSafeRpcEndpoint {
  private final RpcEnv network;
  private final List<BlockManagerId> places;
  private final Set<Integer> joined = new HashSet<>();

  /** Who have averaged the round before, or have just begun. */
  private final Map<Integer, RpcCallContext> waitForRound = new TreeMap<>();

  private final Map<Integer, RpcCallContext> waitForOthers = new TreeMap<>();
  private final Map<Integer, Trained> trained = new TreeMap<>();
  private final Map<Integer, List<SliceChange>> changes = new TreeMap<>();
  private List<Instruction.Train> instructions = List.of();
  private CompletableFuture<Optional<RoundResult>> round = new CompletableFuture<>();
  private boolean hasEnded;

  /**
   * @param network Spark's
   * @param places the processes of the workers
   */
  RoundCoordinator(RpcEnv network, List<BlockManagerId> places) {
    this.network = network;
    this.places = List.copyOf(places);
  }

  @Override
  public RpcEnv rpcEnv() {
    return network;
  }

  @Override
  public PartialFunction<Object, BoxedUnit> receiveAndReply(RpcCallContext call) {
    return new AbstractPartialFunction<>() {
      @Override
      public boolean isDefinedAt(Object message) {
        return message instanceof byte[];
      }

      @Override
      public BoxedUnit apply(Object message) {
        take(Message.of((byte[]) message, Report.class), call);
        return BoxedUnit.UNIT;
      }
    };
  }

  private synchronized void take(Report report, RpcCallContext call) {
    if (hasEnded) {
      answer(call, new Instruction.End());
    } else if (report instanceof Report.Ready ready) {
      join(ready, call);
    } else if (report instanceof Report.HasTrained done) {
      keep(waitForOthers, report, call);
      trained.put(done.worker(), done.trained());
      if (trained.size() == places.size()) {
        List<Trained> weights = trained.values().stream().map(Trained::withoutLosses).toList();
        answerAll(waitForOthers, new Instruction.Average(weights));
      }
    } else if (report instanceof Report.HasAveraged done) {
      keep(waitForRound, report, call);
      changes.put(done.worker(), done.changes());
      if (changes.size() == places.size()) {
        round.complete(
            Optional.of(
                new RoundResult(
                    new ArrayList<>(trained.values()), new ArrayList<>(changes.values()))));
      }
    } else {
      // It is at a loss, and the others can do nothing without it.
      answer(call, new Instruction.End());
      end();
    }
  }

  /** A task that is tried again finds its worker where the one before has left it. */
  private void join(Report.Ready ready, RpcCallContext call) {
    keep(waitForRound, ready, call);
    if (!ready.place().equals(places.get(ready.worker()))) {
      end();
      return;
    }
    joined.add(ready.worker());
    if (!instructions.isEmpty() && !round.isDone()) {
      answer(waitForRound.remove(ready.worker()), instructions.get(ready.worker()));
    }
  }

  /** Nobody waits for an answer to a task's earlier try. */
  private static void keep(
      Map<Integer, RpcCallContext> waiting, Report report, RpcCallContext call) {
    Optional.ofNullable(waiting.put(report.worker(), call))
        .ifPresent(old -> answer(old, new Instruction.End()));
  }

  private static void answer(RpcCallContext call, Instruction instruction) {
    call.reply(instruction.bytes());
  }

  private static void answerAll(Map<Integer, RpcCallContext> waiting, Instruction instruction) {
    byte[] bytes = instruction.bytes();
    waiting.values().forEach(call -> call.reply(bytes));
    waiting.clear();
  }

  /**
   * Begins the next round, once the one before is over.
   *
   * @param next what each worker is to train
   * @return what came of it; empty where the workers have ended
   */
  synchronized Future<Optional<RoundResult>> begin(List<Instruction.Train> next) {
    instructions = List.copyOf(next);
    trained.clear();
    changes.clear();
    round = new CompletableFuture<>();
    if (hasEnded) {
      round.complete(Optional.empty());
    }
    waitForRound.forEach((worker, call) -> answer(call, instructions.get(worker)));
    waitForRound.clear();
    return round;
  }

  /** Whether the tasks of all workers have begun. */
  synchronized boolean isWhole() {
    return joined.size() == places.size();
  }

  /** Has all workers end. */
  synchronized void end() {
    hasEnded = true;
    answerAll(waitForRound, new Instruction.End());
    answerAll(waitForOthers, new Instruction.End());
    round.complete(Optional.empty());
  }

  /** Spark has no more messages for it. */
  @Override
  public void onStop() {
    end();
  }
}
