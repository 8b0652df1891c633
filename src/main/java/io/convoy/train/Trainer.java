package io.convoy.train;

import io.convoy.augment.EpochAugmentation;
import io.convoy.averaging.OuterStep;
import io.convoy.averaging.RunningStatistics;
import io.convoy.dataset.Examples;
import io.convoy.model.Network;
import io.convoy.model.NetworkConfiguration;
import io.convoy.progress.Progress;
import io.convoy.settings.Augmentation;
import io.convoy.settings.OuterMomentum;
import io.convoy.spark.CountedTasks;
import io.convoy.spark.JobNames;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains one network by parameter averaging: in each round every worker trains its minibatches from
 * the same parameters, and the mean of the workers' parameters, or a step beyond it, begins the
 * next round.
 */
public final class Trainer {
  private static final double NANO = 1e-9;

  private final JavaSparkContext context;
  private final JobNames names;
  private final String name;
  private final WorkerPlan plan;
  private final Regimen regimen;
  private final Network network;
  private final CollectionAccumulator<MinibatchLoss> losses;
  private final Scorer scorer;
  private final List<RunningStatistics> statistics;
  private final Optional<OuterOptimizer> outer;
  private final List<Round> done = new ArrayList<>();
  private Standing standing = Standing.START;
  private Applied applied = Applied.NOTHING;

  /** With the plain regimen, and with the mean of the workers as it is. */
  public Trainer(
      JavaSparkContext context, String name, NetworkConfiguration configuration, WorkerPlan plan) {
    this(context, name, configuration, plan, Regimen.PLAIN, Optional.empty());
  }

  /**
   * Initialises the network's parameters.
   *
   * @param context Spark's
   * @param name of the architecture, for Spark's job descriptions
   * @param configuration the network
   * @param plan of the workers
   * @param regimen of the training
   * @param momentum over the averagings; left out where one worker alone has none
   */
  public Trainer(
      JavaSparkContext context,
      String name,
      NetworkConfiguration configuration,
      WorkerPlan plan,
      Regimen regimen,
      Optional<OuterMomentum> momentum) {
    this.context = context;
    this.names = new JobNames(context.sc());
    this.name = name;
    this.plan = plan;
    this.regimen = regimen;
    NativeThreads.use(plan.threads());
    this.network = configuration.initialized();
    this.statistics = Statistics.of(configuration);
    this.losses = context.sc().collectionAccumulator();
    this.scorer = new Scorer(context, plan);
    long learned =
        new AveragedNumbers(NetworkState.arrays(network.parameters(), null), statistics).learned();
    this.outer =
        momentum
            .filter(wanted -> plan.workers() > 1)
            .map(wanted -> new OuterStep(wanted.momentum(), wanted.learningRate()))
            .map(step -> new OuterOptimizer(step, learned));
  }

  /**
   * Goes on where a training of the same network stood.
   *
   * @param checkpoint with its parameters and its optimizer's state
   * @param standing where it stood
   * @param workers that trained until then; one alone has no outer velocity
   * @throws UncheckedIOException if the checkpoint is not whole; another may be tried then
   */
  public void resume(Checkpoint checkpoint, Standing standing, int workers) {
    Optional<INDArray> velocity = outer.map(OuterOptimizer::velocity);
    // A checkpoint that was not whole may have left its own.
    velocity.ifPresent(numbers -> numbers.assign(0));
    checkpoint.restore(network, velocity.filter(numbers -> workers > 1));
    this.standing = standing;
    count(standing.lastEpoch());
  }

  /**
   * Begins with other parameters.
   *
   * @param parameters as many as the network's; copied
   */
  public void begin(INDArray parameters) {
    network.parameters().assign(parameters);
  }

  /**
   * Begins with the network of a saved model; its epochs are numbered on.
   *
   * @param origin of the same layers
   * @return why its optimizer begins afresh, in words; empty where it goes on too
   */
  public Optional<String> begin(Origin origin) {
    Optional<String> obstacle = origin.obstacle(network.configuration());
    if (obstacle.isPresent()) {
      new Model(origin.file()).restoreParameters(network);
      standing = origin.afresh();
    } else {
      // A model has all that a checkpoint has but the notes.
      new Checkpoint(origin.file()).restore(network, Optional.empty());
      standing = origin.goingOn();
    }
    count(standing.lastEpoch());
    return obstacle;
  }

  /**
   * Writes all that training goes on with.
   *
   * @param notes for {@link Checkpoint#notes}
   */
  public void keep(Checkpoint checkpoint, byte[] notes) {
    checkpoint.write(network, outer.map(OuterOptimizer::velocity), notes);
  }

  /** The rounds of the last epoch, or of the part of it that this trainer has trained. */
  public List<Round> rounds() {
    return Collections.unmodifiableList(done);
  }

  /** How far training has come. */
  public Standing standing() {
    return standing;
  }

  /** Trains the next epoch, or the rest of one, on the photos as they are, in one go. */
  public double trainEpoch(Examples.Source training, Progress progress) {
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
      Examples.Source training, Augmentation augmentation, Progress progress, Runnable checkpoint) {
    int epoch = standing.epoch();
    WorkerPlan settled = plan.settled(training.examples(), epoch);
    long perRound = settled.perRound(epoch);
    int before = (int) ((standing.minibatches() + perRound - 1) / perRound);
    EpochPlan epochPlan = EpochPlan.of(training.examples(), settled, epoch, standing.minibatches());
    int rounds = before + epochPlan.rounds().size();
    MinibatchLoader loader =
        new MinibatchLoader(
            training, new EpochAugmentation(augmentation, plan.seed(), epoch), regimen.targets());
    int round = before;
    done.clear();
    try (CountedTasks counted = new CountedTasks(context.sc(), progress)) {
      AveragingMaster master =
          new AveragingMaster(settled, network, losses, counted, statistics, outer);
      SparkNetwork spark = SparkNetwork.of(context, network, master);
      for (List<List<int[]>> workers : epochPlan.rounds()) {
        round++;
        long start = System.nanoTime();
        names.begin("train %s: epoch %d, averaging round %d of %d", name, epoch, round, rounds);
        network.countEpochs(epoch - 1);
        master.pace(pace(training, workers));
        counted.nextPass();
        spark.fit(paths(workers), loader);
        // The workers' next networks begin with this count: Adam's bias correction and
        // learning-rate schedules read it.
        List<MinibatchLoss> reports = takeReports();
        int longest = workers.stream().mapToInt(List::size).max().orElse(0);
        double lossSum = lossSum(reports);
        standing =
            standing.after(
                workers.stream().mapToInt(List::size).sum(),
                longest,
                lossSum,
                reports.stream()
                    .map(MinibatchLoss::applied)
                    .reduce(Applied.NOTHING, Applied::then));
        count(epoch);
        int images =
            workers.stream().flatMap(List::stream).mapToInt(positions -> positions.length).sum();
        Movement movement = master.movement();
        done.add(
            new Round(
                epoch,
                round,
                longest,
                workers.size(),
                images,
                lossSum / images,
                (System.nanoTime() - start) * NANO,
                stateBytes(),
                workers.size() * stateBytes(),
                movement.updateNorm(),
                movement.spread()));
        if (round < rounds && settled.isCheckpoint(round)) {
          checkpoint.run();
        }
      }
    }
    names.end();
    double loss = standing.lossSum() / training.examples();
    applied = standing.applied();
    standing = standing.nextEpoch();
    return loss;
  }

  private Pace pace(Examples.Source training, List<List<int[]>> workers) {
    return new Pace(
        regimen.rate(),
        standing.epoch() - 1 - regimen.before(),
        (training.examples() + plan.batch() - 1) / plan.batch(),
        standing.minibatches(),
        workers.stream().map(List::size).toList());
  }

  /** What was applied in the epoch that was trained last. */
  public Applied applied() {
    return applied;
  }

  /** Models have these counts in their configuration. */
  private void count(int epochs) {
    network.countIterations(standing.iterations());
    network.countEpochs(epochs);
  }

  /**
   * What an epoch over so many examples sends.
   *
   * @param epoch from 1
   */
  public Traffic traffic(int examples, int epoch) {
    WorkerPlan settled = plan.settled(examples, epoch);
    int minibatches = (examples + plan.batch() - 1) / plan.batch();
    long perRound = settled.perRound(epoch);
    return new Traffic(
        plan.workers(),
        settled.averagingFrequency().minibatches(epoch),
        (int) ((minibatches + perRound - 1) / perRound),
        stateBytes(),
        plan.workers() * stateBytes());
  }

  /** Parameters and, where it is averaged, the optimizer's state: to an executor, and back. */
  private long stateBytes() {
    long state =
        plan.averageUpdaterState() ? network.updaterState().map(INDArray::length).orElse(0L) : 0;
    return (network.parameters().length() + state) * Float.BYTES;
  }

  /** Predicts a split with the parameters as they are. */
  public Evaluation evaluate(Examples.Source source) {
    names.begin("evaluate %s: %s", name, source.split().key());
    Evaluation evaluation = scorer.score(network, source);
    names.end();
    return evaluation;
  }

  /** The network that is trained; its parameters change with every round. */
  public Network network() {
    return network;
  }

  private JavaRDD<String> paths(List<List<int[]>> workers) {
    List<List<String>> paths = new ArrayList<>();
    for (List<int[]> minibatches : workers) {
      paths.add(new ArrayList<>(minibatches.stream().map(MinibatchPath::of).toList()));
    }
    return context.parallelize(paths, paths.size()).flatMap(List::iterator);
  }

  private static double lossSum(List<MinibatchLoss> reports) {
    double sum = 0;
    for (MinibatchLoss report : reports) {
      sum += report.loss() * report.examples();
    }
    return sum;
  }

  private List<MinibatchLoss> takeReports() {
    List<MinibatchLoss> round = new ArrayList<>(losses.value());
    losses.reset();
    // A retried task reports again: one entry a minibatch counts, in an order that is always the
    // same.
    round.sort(MinibatchLoss.ORDER);
    List<MinibatchLoss> once = new ArrayList<>();
    for (MinibatchLoss loss : round) {
      int last = once.size() - 1;
      if (last < 0 || MinibatchLoss.ORDER.compare(once.get(last), loss) != 0) {
        once.add(loss);
      }
    }
    return once;
  }
}
