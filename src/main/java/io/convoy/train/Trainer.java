package io.convoy.train;

import io.convoy.augment.EpochAugmentation;
import io.convoy.averaging.Applied;
import io.convoy.averaging.EpochPlan;
import io.convoy.averaging.Extent;
import io.convoy.averaging.Outcome;
import io.convoy.averaging.ParameterAveraging;
import io.convoy.averaging.Round;
import io.convoy.averaging.RoundBytes;
import io.convoy.averaging.RoundLearningRate;
import io.convoy.averaging.WorkerPlan;
import io.convoy.dataset.Examples;
import io.convoy.engine.Natives;
import io.convoy.image.Rgb;
import io.convoy.modelfile.Checkpoint;
import io.convoy.modelfile.ModelFile;
import io.convoy.modelfile.Snapshot;
import io.convoy.modelfile.StartingModel;
import io.convoy.network.Network;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Shape;
import io.convoy.progress.Progress;
import io.convoy.settings.Augmentation;
import io.convoy.settings.AveragingFrequency;
import io.convoy.settings.OuterMomentum;
import io.convoy.spark.CountedTasks;
import io.convoy.spark.ExecutorPoll.Executor;
import io.convoy.spark.JobNames;
import io.convoy.spark.SessionExecutors;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains one network by parameter averaging: in each round every worker trains its minibatches from
 * the same parameters, and the mean of the workers' parameters, or a step beyond it, begins the
 * next round.
 */
public final class Trainer implements AutoCloseable {
  private static final double NANO = 1e-9;

  private final JavaSparkContext context;
  private final JobNames names;
  private final String name;
  private WorkerPlan plan;
  private final TrainingOptions options;
  private final Network network;
  private final Optional<Network> average;
  private final ParameterAveraging averaging;
  private final Scorer scorer;
  private final List<Round> done = new ArrayList<>();
  private TrainingState state = TrainingState.START;
  private Applied applied = Applied.NOTHING;
  private Optional<Snapshot> copy = Optional.empty();

  /** With plain options, and with the mean of the workers as it is. */
  public Trainer(
      JavaSparkContext context, String name, NetworkConfiguration configuration, WorkerPlan plan) {
    this(context, name, configuration, plan, TrainingOptions.PLAIN, Optional.empty());
  }

  /** On any of the session's executors. */
  public Trainer(
      JavaSparkContext context,
      String name,
      NetworkConfiguration configuration,
      WorkerPlan plan,
      TrainingOptions options,
      Optional<OuterMomentum> momentum) {
    this(
        context,
        name,
        configuration,
        plan,
        options,
        momentum,
        new SessionExecutors(context.sc())::executors);
  }

  /**
   * Initialises the network's parameters.
   *
   * @param context Spark's
   * @param name of the architecture, for Spark's job descriptions
   * @param configuration the network
   * @param plan of the workers
   * @param options of the training
   * @param momentum over the averagings; left out where one worker alone has none
   * @param executors that workers may be on now, the best first; not asked in local mode
   */
  public Trainer(
      JavaSparkContext context,
      String name,
      NetworkConfiguration configuration,
      WorkerPlan plan,
      TrainingOptions options,
      Optional<OuterMomentum> momentum,
      Supplier<List<Executor>> executors) {
    this.context = context;
    this.names = new JobNames(context.sc());
    this.name = name;
    this.plan = plan;
    this.options = options;
    Natives.useThreads(plan.threads());
    this.network = configuration.initialized();
    this.average =
        options.emaDecay() > 0
            ? Optional.of(network.configuration().on(network.parameters().dup()))
            : Optional.empty();
    this.averaging = new ParameterAveraging(context, plan, network, momentum, executors);
    this.scorer = new Scorer(context, plan, options.testTime(), executors);
  }

  /**
   * Goes on where a training of the same network stood.
   *
   * @param checkpoint with its parameters and its optimizer's state
   * @param from where it stood
   * @param workers that trained until then; one alone has no outer velocity
   * @throws UncheckedIOException if the checkpoint is not whole; another may be tried then
   */
  public void resume(Checkpoint checkpoint, TrainingState from, int workers) {
    Optional<INDArray> velocity = averaging.velocity();
    // A checkpoint that was not whole may have left its own.
    velocity.ifPresent(numbers -> numbers.assign(0));
    checkpoint.restore(
        network, velocity.filter(numbers -> workers > 1), average.map(Network::parameters));
    state = from;
    count(state.lastEpoch());
    averaging.beginAnew();
  }

  /**
   * Begins with other parameters.
   *
   * @param parameters as many as the network's; copied
   */
  public void begin(INDArray parameters) {
    network.parameters().assign(parameters);
    averaging.beginAnew();
  }

  /**
   * Begins with the network of a saved model; its epochs are numbered on.
   *
   * @param model of the same layers
   * @return why its optimizer begins afresh, in words; empty where it goes on too
   */
  public Optional<String> begin(StartingModel model) {
    Optional<String> obstacle = model.obstacle(network.configuration());
    int next = model.epochs() + 1;
    if (obstacle.isPresent()) {
      new ModelFile(model.file()).restoreParameters(network);
      // Adam's bias correction begins afresh too.
      state = TrainingState.before(next, 0);
    } else {
      // A model has all that a checkpoint has but the notes.
      new Checkpoint(model.file()).restore(network, Optional.empty(), Optional.empty());
      state = TrainingState.before(next, model.configuration().iterations());
    }
    count(state.lastEpoch());
    averaging.beginAnew();
    return obstacle;
  }

  /**
   * Copies all that training goes on with. There is one copy at a time: it holds until the next is
   * made, or this is closed.
   */
  public Snapshot snapshot() {
    Optional<INDArray> velocity = averaging.velocity();
    Optional<INDArray> mean = average.map(Network::parameters);
    Snapshot made =
        copy.map(before -> before.again(network, velocity, mean))
            .orElseGet(() -> Snapshot.of(network, velocity, mean));
    copy = Optional.of(made);
    return made;
  }

  /** The rounds of the last epoch, or of the part of it that this trainer has trained. */
  public List<Round> rounds() {
    return Collections.unmodifiableList(done);
  }

  /** Averages the workers of the epochs to come so often; also says how often they were before. */
  public void averageEvery(AveragingFrequency frequency) {
    plan = plan.averagedEvery(frequency);
  }

  /** How far training has come. */
  public TrainingState state() {
    return state;
  }

  /** Trains the next epoch, or the rest of one, on the photos as they are, in one go. */
  public double trainEpoch(Examples training, Progress progress) {
    return trainEpoch(training, Augmentation.NONE, progress, () -> {});
  }

  /**
   * Trains the next epoch, or the rest of one.
   *
   * @param training the training examples
   * @param augmentation how they are changed, differently in every epoch
   * @param progress is told of the images that are trained
   * @param checkpoint is called within the epoch, where the plan of the workers says so
   * @return the mean loss over the epoch's examples, each before its minibatch's update
   */
  public double trainEpoch(
      Examples training, Augmentation augmentation, Progress progress, Runnable checkpoint) {
    int epoch = state.epoch();
    WorkerPlan settled = plan.settled(training.examples(), epoch);
    long perRound = settled.perRound(epoch);
    int before = (int) ((state.minibatches() + perRound - 1) / perRound);
    EpochPlan left = EpochPlan.of(training.examples(), settled, epoch, state.minibatches());
    int rounds = before + left.rounds().size();
    done.clear();
    try (CountedTasks counted = new CountedTasks(context.sc(), progress)) {
      ParameterAveraging.EpochRounds averaged =
          averaging.epoch(
              settled,
              epoch,
              training,
              new EpochAugmentation(
                  augmentation, options.mixing(), options.side(epoch), plan.seed(), epoch),
              options.targets(),
              counted);
      for (int i = 0; i < left.rounds().size(); i++) {
        int round = before + i + 1;
        boolean isLast = round == rounds;
        boolean isCheckpoint = !isLast && settled.isCheckpoint(round);
        names.begin("train %s: epoch %d, averaging round %d of %d", name, epoch, round, rounds);
        counted.nextPass();
        done.add(
            trainRound(
                averaged,
                round,
                left.rounds().get(i),
                isLast ? List.of() : left.rounds().get(i + 1),
                switch (averaged.exchange()) {
                  case PARAMETERS -> learningRate(left.rounds().get(i), training.examples());
                  case GRADIENTS -> learningRate(round, rounds);
                },
                isLast || isCheckpoint ? Extent.ALL : averaged.least()));
        if (isCheckpoint) {
          checkpoint.run();
        }
      }
    }
    names.end();
    average.ifPresent(mean -> moveAverage(mean.parameters()));
    double loss = state.lossSum() / training.examples();
    applied = state.applied();
    state = state.nextEpoch();
    return loss;
  }

  /**
   * The running mean of the first epochs' ends, until an epoch counts as little as the decay says:
   * the average holds nothing of the initial parameters.
   */
  private void moveAverage(INDArray mean) {
    int epochs = state.epoch() - options.before();
    double moved = Math.max(1 - options.emaDecay(), 1.0 / epochs);
    try (INDArray difference = network.parameters().sub(mean)) {
      mean.addi(difference.muli(moved));
    }
  }

  private Round trainRound(
      ParameterAveraging.EpochRounds averaged,
      int round,
      List<List<int[]>> workers,
      List<List<int[]>> next,
      RoundLearningRate rate,
      Extent extent) {
    int epoch = state.epoch();
    long start = System.nanoTime();
    network.countEpochs(epoch - 1);
    Outcome outcome = averaged.train(workers, next, rate, extent);
    int longest = workers.stream().mapToInt(List::size).max().orElse(0);
    state =
        state.after(
            workers.stream().mapToInt(List::size).sum(),
            longest,
            outcome.lossSum(),
            outcome.applied());
    // The workers' next networks begin with this count: Adam's bias correction and
    // learning-rate schedules read it.
    count(epoch);
    int examples = workers.stream().flatMap(List::stream).mapToInt(each -> each.length).sum();
    RoundBytes sent = averaged.bytes(workers.size(), extent);
    return new Round(
        epoch,
        round,
        longest,
        workers.size(),
        examples,
        outcome.lossSum() / examples,
        (System.nanoTime() - start) * NANO,
        sent.toExecutor(),
        sent.fromWorkers(),
        outcome.movement().updateNorm(),
        outcome.movement().spread());
  }

  private RoundLearningRate learningRate(List<List<int[]>> workers, int inEpoch) {
    return new RoundLearningRate(
        options.rate(),
        state.epoch() - 1 - options.before(),
        (inEpoch + plan.batch() - 1) / plan.batch(),
        state.minibatches(),
        workers.stream().map(List::size).toList());
  }

  /** Of a round in which all workers take one step together. */
  private RoundLearningRate learningRate(int round, int rounds) {
    return new RoundLearningRate(
        options.rate(), state.epoch() - 1 - options.before(), rounds, round - 1, List.of(1));
  }

  /** What was applied in the epoch that was trained last. */
  public Applied applied() {
    return applied;
  }

  /** Models have these counts in their configuration. */
  private void count(int epochs) {
    network.countIterations(state.iterations());
    network.countEpochs(epochs);
  }

  /**
   * What an epoch sends.
   *
   * @param training the training examples
   * @param epoch from 1
   */
  public Traffic traffic(Examples training, int epoch) {
    int examples = training.examples();
    WorkerPlan settled = plan.settled(examples, epoch);
    int minibatches = (examples + plan.batch() - 1) / plan.batch();
    long perRound = settled.perRound(epoch);
    RoundBytes sent =
        averaging.bytes(
            settled,
            new Shape(Rgb.CHANNELS, training.layout().height(), training.layout().width()));
    return new Traffic(
        plan.workers(),
        settled.averagingFrequency().minibatches(epoch),
        (int) ((minibatches + perRound - 1) / perRound),
        sent.toExecutor(),
        sent.fromWorkers());
  }

  /** Predicts a split with {@link #predicting()}. */
  public Evaluation evaluate(Examples source) {
    names.begin("evaluate %s: %s", name, source.split().key());
    // The moving average is the driver's alone.
    Optional<Evaluation> ofWorkers =
        average.isPresent() ? Optional.empty() : scorer.score(averaging, source);
    Evaluation evaluation = ofWorkers.orElseGet(() -> scorer.score(predicting(), source));
    names.end();
    return evaluation;
  }

  /**
   * The network that is evaluated, to be left as it is: the one that is trained, or the moving
   * average of its parameters.
   */
  public Network predicting() {
    return average.orElse(network);
  }

  /** Predicts with a saved model of the same layers from now on. */
  public void predictWith(ModelFile model) {
    model.restoreParameters(predicting());
    averaging.beginAnew();
  }

  /** The network that is trained; its parameters change with every round. */
  public Network network() {
    return network;
  }

  /** Ends its workers. */
  @Override
  public void close() {
    copy.ifPresent(Snapshot::close);
    copy = Optional.empty();
    names.begin("train %s: ending its workers", name);
    averaging.close();
    names.end();
  }
}
