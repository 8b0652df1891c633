package io.convoy.averaging;

import io.convoy.averaging.ResidentWorker.Trained;
import io.convoy.averaging.Shares.Share;
import io.convoy.averaging.WorkerTraining.Minibatches;
import io.convoy.engine.ParameterGroups;
import io.convoy.network.Network;
import io.convoy.network.NetworkState;
import io.convoy.spark.CountedTasks;
import io.convoy.spark.ExecutorPoll.Executor;
import io.convoy.spark.PinnedRdd;
import io.convoy.spark.SessionExecutors;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext$;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.BlockManagerId;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Resident workers that have begun together, as the driver sees them. In local mode, where nobody
 * else can lose it, one worker alone trains the driver's network itself.
 */
final class Generation implements AutoCloseable {
  /** A task that has waited for its executor for Spark's three seconds may be given to another. */
  private static final int MOST_STRAYS = 20;

  private final JavaSparkContext context;
  private final WorkerPlan plan;
  private final Network network;
  private final List<RunningStatistics> statistics;
  private final String run;
  private final int number;

  /** Its id is that of the workers' slices. */
  private final Broadcast<Integer> blocks;

  /** What they begin with; none where the driver has made them itself. */
  private List<Broadcast<NetworkState>> start = List.of();

  /** The optimizers' states that they begin with, where each has its own. */
  private final Optional<KeptStates> begun;

  private final Supplier<List<Executor>> executors;

  private Optional<KeptStates> kept = Optional.empty();
  private Optional<Arrived> arrived = Optional.empty();
  private List<BlockManagerId> places = List.of();
  private int rounds;
  private Optional<RoundTask> last = Optional.empty();
  private Optional<RoundSession> session = Optional.empty();

  /** Since there were other jobs: one that broke would break again. */
  private boolean hadSession;

  /**
   * What arrives of a round, before it is the network's. The memory is kept from epoch to epoch: to
   * touch it anew took longer than to fetch what goes there.
   */
  private record Arrived(INDArray parameters, Optional<INDArray> state) {
    static Arrived like(Network network) {
      return new Arrived(network.parameters().dup(), network.updaterState().map(INDArray::dup));
    }

    void close() {
      parameters.close();
      state.ifPresent(INDArray::close);
    }
  }

  /**
   * Begins with the network as it is.
   *
   * @param run a name of the training that no other has
   * @param number of the generation
   * @param begun the optimizers' states, where each worker has its own
   * @param executors that workers may be on now; not asked in local mode
   */
  Generation(
      JavaSparkContext context,
      String run,
      int number,
      WorkerPlan plan,
      Network network,
      List<RunningStatistics> statistics,
      Optional<KeptStates> begun,
      Supplier<List<Executor>> executors) {
    this.context = context;
    this.run = run;
    this.number = number;
    this.plan = plan;
    this.network = network;
    this.statistics = statistics;
    this.begun = begun;
    this.executors = executors;
    this.blocks = context.broadcast(number);
    if (context.sc().isLocal()) {
      for (int worker = 0; worker < plan.workers(); worker++) {
        Network own = isLent() ? state().lent() : state().copy();
        Residents.here().keep(key(worker), resident(worker, plan, own, statistics, begun));
      }
    } else {
      start = List.of(context.broadcast(state()));
    }
  }

  private static ResidentWorker resident(
      int worker,
      WorkerPlan plan,
      Network own,
      List<RunningStatistics> statistics,
      Optional<KeptStates> begun) {
    begun.ifPresent(states -> states.restore(own, worker));
    long examples = begun.map(states -> states.examples().get(worker)).orElse(0L);
    return new ResidentWorker(worker, plan, own, statistics, examples);
  }

  /** What the driver was given of the workers' own states in the last round. */
  Optional<KeptStates> kept() {
    return kept;
  }

  private NetworkState state() {
    return NetworkState.ofTraining(network);
  }

  private Residents.Key key(int worker) {
    return new Residents.Key(run, number, worker);
  }

  /** Only a master with a number of failures in it, such as local[2,4], tries a task again. */
  private boolean isLent() {
    return plan.workers() == 1 && context.sc().isLocal() && !context.sc().master().contains(",");
  }

  /**
   * Trains the next round.
   *
   * @return empty where a worker is lost
   */
  Optional<Outcome> train(RoundOrder order) {
    rounds++;
    Optional<RoundResult> result = inSession(order).or(() -> inJobs(order));
    Optional<Outcome> outcome = result.flatMap(done -> outcome(order, done));
    last = outcome.map(there -> task(order));
    if (order.spec().extent() == Extent.ALL) {
      // The driver goes on with other jobs: an evaluation, or what a checkpoint waits for.
      endSession();
    }
    return outcome;
  }

  /** By a job in which workers train more rounds than this one. */
  private Optional<RoundResult> inSession(RoundOrder order) {
    if (session.isEmpty() && canHaveSession()) {
      hadSession = true;
      String name = "convoy-rounds-%d-%d".formatted(blocks.id(), rounds);
      session = Optional.of(new RoundSession(context, name, order, places, locations()));
    }
    if (session.isEmpty()) {
      return Optional.empty();
    }
    RoundTask task = task(order);
    Optional<RoundResult> result =
        session
            .get()
            .train(
                IntStream.range(0, plan.workers())
                    .mapToObj(worker -> order.instruction(task.at(List.of()), worker))
                    .toList());
    result.ifPresentOrElse(order::count, this::closeEndedSession);
    return result;
  }

  /** In the first round the workers find their places. */
  private boolean canHaveSession() {
    return !hadSession
        && plan.workers() > 1
        && places.size() == plan.workers()
        && (!context.sc().isLocal() || cores() >= plan.workers());
  }

  private int cores() {
    return SparkContext$.MODULE$.numDriverCores(context.sc().master(), context.getConf());
  }

  /** Gives the workers' cores back until the next round. */
  void endSession() {
    closeSession();
    hadSession = false;
  }

  private void closeEndedSession() {
    RoundSession ended = session.orElseThrow();
    closeSession();
    ended.requireNotCancelled();
  }

  private void closeSession() {
    session.ifPresent(RoundSession::close);
    session = Optional.empty();
  }

  /** By a job in which the workers train, and one in which they average. */
  private Optional<RoundResult> inJobs(RoundOrder order) {
    Optional<List<Trained>> trained = ask(MOST_STRAYS, () -> trained(order, task(order)));
    start.forEach(Broadcast::destroy);
    start = List.of();
    return trained.flatMap(
        workers ->
            ask(MOST_STRAYS, () -> averaged(task(order), workers))
                .map(
                    shares ->
                        new RoundResult(workers, shares.stream().map(Averaged::changes).toList())));
  }

  private RoundTask task(RoundOrder order) {
    return new RoundTask(
        run,
        number,
        rounds,
        order.spec().exchange(),
        isLent() ? Extent.PARAMETERS : order.spec().extent(),
        order.spec().rate(),
        order.iterations(),
        order.epochs(),
        new SliceBlocks(blocks.id()),
        places);
  }

  private Optional<Outcome> outcome(RoundOrder order, RoundResult result) {
    return take(task(order), result.workers())
        ? Optional.of(
            Outcome.of(
                result.workers().stream().flatMap(worker -> worker.losses().stream()).toList(),
                SliceChange.movement(
                    result.changes().stream()
                        .flatMap(List::stream)
                        .sorted(Comparator.comparingInt(SliceChange::slice))
                        .toList())))
        : Optional.empty();
  }

  /** What a worker made of its slices. */
  private record Averaged(List<SliceChange> changes) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private JavaRDD<Answer<Averaged>> averaged(RoundTask task, List<Trained> workers) {
    List<Trained> weights = workers.stream().map(Trained::withoutLosses).toList();
    List<Integer> numbers = IntStream.range(0, workers.size()).boxed().toList();
    return PinnedRdd.of(context.parallelize(numbers, numbers.size()), locations())
        .map(
            worker ->
                Answer.here(
                    Residents.here()
                        .find(task.key(worker))
                        .flatMap(resident -> resident.average(task, weights))
                        .map(Averaged::new)));
  }

  private JavaRDD<Answer<Trained>> trained(RoundOrder order, RoundTask task) {
    Training training =
        new Training(
            task,
            plan,
            statistics,
            start,
            // Later rounds have no need of it, and may come after its blocks are removed.
            start.isEmpty() ? List.of() : begun.stream().toList(),
            order.spec().next(),
            order.loader(),
            order.counters());
    return PinnedRdd.of(order.paths(), locations()).mapPartitions(training::answer);
  }

  /** What the task of a worker needs to train a round. */
  private record Training(
      RoundTask task,
      WorkerPlan plan,
      List<RunningStatistics> statistics,
      List<Broadcast<NetworkState>> start,
      List<KeptStates> begun,
      List<List<String>> next,
      MinibatchLoader loader,
      List<CountedTasks> counted)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    Iterator<Answer<Trained>> answer(Iterator<String> paths) {
      int number = TaskContext.getPartitionId();
      Residents.Key key = task.key(number);
      Residents here = Residents.here();
      if (here.find(key).isEmpty()) {
        Optional<KeptStates> states = begun.stream().findFirst();
        for (Broadcast<NetworkState> network : start) {
          here.keep(key, resident(number, plan, network.value().copy(), statistics, states));
        }
      }
      List<String> now = new ArrayList<>();
      paths.forEachRemaining(now::add);
      List<String> ahead = number < next.size() ? next.get(number) : List.of();
      Minibatches minibatches = new Minibatches(now, ahead, loader, counted);
      return List.of(Answer.here(here.find(key).flatMap(worker -> worker.train(task, minibatches))))
          .iterator();
    }
  }

  /**
   * Asks the workers what they make of the last round's mean; empty where one is lost. They are
   * asked once: whoever asks has the mean too.
   */
  <T extends Serializable> Optional<List<T>> ask(ParameterAveraging.Inquiry<T> inquiry) {
    List<Integer> numbers = IntStream.range(0, plan.workers()).boxed().toList();
    return last.flatMap(
        round ->
            ask(
                1,
                () ->
                    PinnedRdd.of(context.parallelize(numbers, numbers.size()), locations())
                        .map(
                            worker ->
                                Answer.here(
                                    Residents.here()
                                        .find(round.key(worker))
                                        .flatMap(there -> there.answer(round, inquiry))))));
  }

  /**
   * Asks all workers, again where another executor has taken a worker's task.
   *
   * @param most times that they are asked
   * @param question a job, which workers that have answered answer alike
   * @return the answers in the order of the workers; empty where a worker is lost
   */
  private <T extends Serializable> Optional<List<T>> ask(
      int most, Supplier<JavaRDD<Answer<T>>> question) {
    for (int asked = 0; asked < most; asked++) {
      List<Answer<T>> answers = question.get().collect();
      if (answers.stream().allMatch(Answer::isThere)) {
        places = answers.stream().map(Answer::place).toList();
        return Optional.of(answers.stream().flatMap(each -> each.found().stream()).toList());
      }
      if (!haveStrayed(answers)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private <T extends Serializable> boolean haveStrayed(List<Answer<T>> answers) {
    Set<String> alive =
        executors().stream().map(Executor::id).collect(Collectors.toUnmodifiableSet());
    return IntStream.range(0, answers.size())
        .filter(worker -> !answers.get(worker).isThere())
        .allMatch(
            worker ->
                worker < places.size()
                    && !places.get(worker).equals(answers.get(worker).place())
                    && alive.contains(places.get(worker).executorId()));
  }

  private List<Executor> executors() {
    return context.sc().isLocal() ? List.of() : executors.get();
  }

  /** Where the workers are; before it is known, each by itself as far as there are executors. */
  private List<String> locations() {
    if (context.sc().isLocal()) {
      return List.of();
    }
    if (!places.isEmpty()) {
      return places.stream()
          .map(place -> SessionExecutors.location(place.executorId(), place.host()))
          .toList();
    }
    List<Executor> executors = executors();
    return executors.isEmpty()
        ? List.of()
        : IntStream.range(0, plan.workers())
            .mapToObj(worker -> executors.get(worker % executors.size()))
            .map(executor -> SessionExecutors.location(executor.id(), executor.host()))
            .toList();
  }

  /** Whether workers had better be on other executors, which were not there before. */
  boolean isMisplaced() {
    if (places.isEmpty() || context.sc().isLocal()) {
      return false;
    }
    Set<String> taken =
        places.stream().map(BlockManagerId::executorId).collect(Collectors.toUnmodifiableSet());
    Set<String> free =
        executors().stream().map(Executor::id).collect(Collectors.toUnmodifiableSet());
    return taken.size() < Math.min(plan.workers(), free.size()) || !free.containsAll(taken);
  }

  /** Takes what the driver is to have of a round, or nothing where a worker is gone. */
  private boolean take(RoundTask task, List<Trained> workers) {
    return switch (task.extent()) {
      case PARAMETERS, STATE -> true;
      case SNAPSHOT -> takeStates(task, workers) && take(task);
      case ALL -> take(task);
    };
  }

  private boolean takeStates(RoundTask task, List<Trained> workers) {
    List<Long> examples = workers.stream().map(Trained::allExamples).toList();
    kept = KeptStates.take(context, network, task.blocks(), places, examples);
    return kept.isPresent();
  }

  /**
   * Takes over what the round averaged; all or nothing, as the network is what workers begin anew
   * with.
   */
  private boolean take(RoundTask task) {
    Arrived into = arrived.orElseGet(() -> Arrived.like(network));
    arrived = Optional.of(into);
    boolean withState = task.extent() == Extent.ALL;
    Shares own = Shares.ofParameters(into.parameters, statistics, plan.workers());
    Shares all =
        into.state
            .filter(state -> withState)
            .map(state -> own.withState(state, ParameterGroups.of(network)))
            .orElse(own);
    // All are waited for, as the memory may go where one worker is gone.
    boolean isWhole =
        IntStream.range(0, plan.workers())
            .parallel()
            .mapToObj(worker -> take(task, all.slices(), worker))
            .reduce(true, Boolean::logicalAnd);
    if (isWhole) {
      network.parameters().assign(into.parameters);
      if (withState) {
        into.state.ifPresent(state -> network.updaterState().orElseThrow().assign(state));
      }
    }
    return isWhole;
  }

  /** Takes what one worker has averaged; false where it is gone. */
  private boolean take(RoundTask task, List<Share> shares, int worker) {
    SliceArrays arrays = new SliceArrays();
    for (int slice = 0; slice < shares.size(); slice++) {
      Share share = shares.get(slice);
      if (share.owner() == worker) {
        Optional<byte[]> mean =
            SliceBlocks.fetch(
                places.get(worker), task.blocks().mean(task.round(), slice), arrays.passing(share));
        if (mean.isEmpty()) {
          return false;
        }
        share.write(mean.get());
      }
    }
    return true;
  }

  /** Ends its workers of this process, and lets Spark remove what was left for all, and by them. */
  @Override
  public void close() {
    endSession();
    arrived.ifPresent(Arrived::close);
    arrived = Optional.empty();
    Residents.here().end(run, number);
    start.forEach(Broadcast::destroy);
    blocks.destroy();
  }
}
