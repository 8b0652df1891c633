package io.convoy.doctor;

import io.convoy.doctor.ClockCheck.Interval;
import io.convoy.failure.UserException;
import io.convoy.spark.ExecutorPoll;
import io.convoy.spark.ExecutorPoll.Reply;
import io.convoy.spark.JobNames;
import io.convoy.spark.SessionExecutors;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Checks the driver and every executor of a Spark session, or the driver alone where none starts.
 */
public final class Doctor {
  private static final String UNREACHED_REMEDY =
      "look at the executor's log (Spark's pages, yarn logs); if it was lost, raise"
          + " spark.executor.memoryOverhead or lower --executor-memory";

  private static final String NO_SPARK_REMEDY =
      "do as it says, look at the rows of the driver, and run doctor again";

  private final Optional<SparkContext> spark;
  private final String obstacle;
  private final Configuration hadoop;

  /**
   * @param spark the session's
   * @param hadoop Hadoop's configuration
   */
  public Doctor(SparkContext spark, Configuration hadoop) {
    this.spark = Optional.of(spark);
    this.obstacle = "";
    this.hadoop = hadoop;
  }

  /**
   * Where Spark does not start, the driver alone is checked.
   *
   * @param noSpark why
   * @param hadoop Hadoop's configuration
   */
  public Doctor(UserException noSpark, Configuration hadoop) {
    this.spark = Optional.empty();
    this.obstacle = noSpark.getMessage();
    this.hadoop = hadoop;
  }

  /**
   * Runs all checks.
   *
   * @param images the folder of photos; empty where it is not to be checked
   * @param out the output folder; it and its parents are made where they are not there, and taken
   *     away again; empty where it is not to be checked
   * @param trainings that the settings ask for; not asked for where Spark does not start
   * @return in the order of the places: the driver, then the executors
   */
  public List<Finding> examine(String images, String out, Supplier<TrainingsCheck> trainings) {
    Optional<OutputFolder> folder = open(out);
    List<Finding> findings = new ArrayList<>();
    try {
      findings.addAll(examine(images, out, folder.map(OutputFolder::marker).orElse(""), trainings));
    } finally {
      folder.ifPresent(opened -> findings.addAll(close(opened, out)));
    }
    return findings;
  }

  /** Empty where the folder cannot be made or written, which its check tells. */
  private Optional<OutputFolder> open(String out) {
    if (out.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new OutputFolder(Storage.at(out, hadoop)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static List<Finding> close(OutputFolder folder, String out) {
    try {
      folder.close();
      return List.of();
    } catch (IOException | RuntimeException e) {
      return List.of(
          new Finding(
              "driver",
              "out",
              "cannot delete in " + out + ": " + CheckResult.reason(e),
              OutputCheck.REMEDY));
    }
  }

  private List<Finding> examine(
      String images, String out, String marker, Supplier<TrainingsCheck> trainings) {
    SparkCodec codec = new SparkCodec();
    SparkConf conf = spark.map(SparkContext::getConf).orElseGet(SparkConf::new);
    ProcessChecks checks =
        new ProcessChecks(
            Runtime.version().feature(),
            ProcessChecks.buildHere(),
            new SerializableConfiguration(hadoop),
            images,
            out,
            marker,
            RequestedMemory.ofExecutor(conf),
            SerializerCheck.send(codec));
    String host =
        spark.isPresent() ? SparkEnv.get().blockManager().blockManagerId().host() : "localhost";
    SparkProcess driver = SparkProcess.driver(host);
    ProcessChecks.Answer here =
        checks.run(driver, host, coresOfDriver(), RequestedMemory.ofDriver(conf));
    List<Finding> findings = new ArrayList<>();
    if (spark.isEmpty()) {
      findings.add(new Finding(driver.name(), "Spark", obstacle, NO_SPARK_REMEDY));
    }
    findings.addAll(
        new CheckRunner(driver.name())
            .check("host name", HostNameCheck.REMEDY, this::hostName)
            .findings());
    findings.addAll(here.findings());
    List<Memory> memories = new ArrayList<>(List.of(here.memory()));
    findings.addAll(serializer(codec, driver, here).findings());
    spark
        .filter(running -> !running.isLocal())
        .ifPresent(running -> executors(running, checks, codec, findings, memories));
    findings.addAll(MemoryCheck.together(memories));
    spark
        .filter(running -> running.isLocal() || memories.size() > 1)
        .ifPresent(running -> findings.addAll(trainings(trainings, memories)));
    return findings;
  }

  private static List<Finding> trainings(
      Supplier<TrainingsCheck> trainings, List<Memory> memories) {
    try {
      return trainings.get().findings(memories);
    } catch (UserException e) {
      return List.of(
          new Finding("run", "networks", CheckResult.reason(e), "do as it says, or leave it out"));
    }
  }

  private CheckResult hostName() throws UnknownHostException {
    return spark.map(SparkContext::isLocal).orElse(false)
        ? HostNameCheck.local()
        : HostNameCheck.here();
  }

  private OptionalInt coresOfDriver() {
    return spark
        .filter(SparkContext::isLocal)
        .map(
            running ->
                OptionalInt.of(
                    SparkContext$.MODULE$.numDriverCores(running.master(), running.getConf())))
        .orElse(OptionalInt.empty());
  }

  private void executors(
      SparkContext running,
      ProcessChecks checks,
      SparkCodec codec,
      List<Finding> findings,
      List<Memory> memories) {
    SessionExecutors executors = new SessionExecutors(running);
    JobNames names = new JobNames(running);
    names.begin("doctor: visiting the executors");
    long before = System.currentTimeMillis();
    List<Reply<ProcessChecks.Answer>> replies = new ExecutorPoll(executors).call(checks);
    Interval here = new Interval(before, System.currentTimeMillis());
    names.end();
    long answered = 0;
    for (Reply<ProcessChecks.Answer> reply : replies) {
      SparkProcess place = SparkProcess.executor(reply.executor().id(), reply.executor().host());
      if (reply.answer().isEmpty()) {
        findings.add(new Finding(place.name(), "answer", reply.obstacle(), UNREACHED_REMEDY));
        continue;
      }
      ProcessChecks.Answer answer = reply.answer().get();
      answered++;
      memories.add(answer.memory());
      findings.addAll(answer.findings());
      findings.addAll(
          serializer(codec, place, answer)
              .check(
                  "clock",
                  "synchronise the clocks",
                  () -> ClockCheck.of(place.name(), "the driver", here, answer.clock()))
              .findings());
    }
    findings.add(reached(answered, executors));
  }

  private static CheckRunner serializer(
      SparkCodec codec, SparkProcess place, ProcessChecks.Answer answer) {
    return new CheckRunner(place.name())
        .check(
            "serialiser",
            SerializerCheck.REMEDY,
            () -> SerializerCheck.of(codec, SparkCodec.name(), answer.returned()));
  }

  private static Finding reached(long answered, SessionExecutors executors) {
    int expected = executors.expected();
    return new Finding(
        "executors",
        "answer",
        "%d answered, %d expected".formatted(answered, expected),
        answered >= expected
            ? ""
            : "ask for no more than the cluster has (%s), or look at its pages for what is taken, and at"
                    .formatted(executors.options())
                + " the logs of executors that ended");
  }
}
