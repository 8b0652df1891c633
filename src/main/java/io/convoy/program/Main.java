package io.convoy.program;

import io.convoy.build.ThisJar;
import io.convoy.cli.BenchCommand;
import io.convoy.cli.Command;
import io.convoy.cli.CommandLine;
import io.convoy.cli.DoctorCommand;
import io.convoy.cli.ExportCommand;
import io.convoy.cli.FiltersCommand;
import io.convoy.cli.PlanCommand;
import io.convoy.cli.PredictCommand;
import io.convoy.cli.PrepareCommand;
import io.convoy.cli.ReportCommand;
import io.convoy.cli.RunCommand;
import io.convoy.cli.SampleCommand;
import io.convoy.cli.SearchCommand;
import io.convoy.cli.StudyCommand;
import io.convoy.cli.SurveyCommand;
import io.convoy.cli.TrainCommand;
import io.convoy.failure.UserException;
import io.convoy.job.AugmentedJob;
import io.convoy.job.BenchJob;
import io.convoy.job.Context;
import io.convoy.job.Context.Build;
import io.convoy.job.DoctorJob;
import io.convoy.job.ExportJob;
import io.convoy.job.FiltersJob;
import io.convoy.job.PlanJob;
import io.convoy.job.PredictJob;
import io.convoy.job.PrepareJob;
import io.convoy.job.ReportJob;
import io.convoy.job.RunJob;
import io.convoy.job.SampleJob;
import io.convoy.job.SearchJob;
import io.convoy.job.StudyJob;
import io.convoy.job.SurveyJob;
import io.convoy.job.TrainJob;
import io.convoy.launch.ApplicationName;
import io.convoy.spark.LogFile;
import io.convoy.spark.SparkSessions;
import io.convoy.spark.SparkSessions.Executors;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** The program: reads the command line, does what it says, and turns errors into exit statuses. */
public final class Main {
  private static final int DONE = 0;
  private static final int BUG = 1;
  private static final int MENDABLE = 2;

  /** All commands, in the order of the usage. */
  private static final List<Command<Work>> COMMANDS =
      List.of(
          SampleCommand.COMMAND.to(
              sample ->
                  sample.match(
                      drawings -> Work.of(context -> new SampleJob(context).run(drawings)),
                      augmented -> Work.of(context -> new AugmentedJob(context).run(augmented)))),
          SurveyCommand.COMMAND.to(
              survey -> Work.of(context -> new SurveyJob(context).run(survey))),
          PrepareCommand.COMMAND.to(
              prepare -> Work.of(context -> new PrepareJob(context).run(prepare))),
          TrainCommand.COMMAND.to(train -> Work.of(context -> new TrainJob(context).run(train))),
          RunCommand.COMMAND.to(run -> Work.of(context -> new RunJob(context).run(run))),
          ReportCommand.COMMAND.to(
              report -> Work.of(context -> new ReportJob(context).run(report))),
          PredictCommand.COMMAND.to(
              predict -> Work.of(context -> new PredictJob(context).run(predict))),
          ExportCommand.COMMAND.to(
              export -> Work.of(context -> new ExportJob(context).run(export))),
          FiltersCommand.COMMAND.to(
              filters -> Work.of(context -> new FiltersJob(context).run(filters))),
          BenchCommand.COMMAND.to(bench -> Work.of(context -> new BenchJob(context).run(bench))),
          PlanCommand.COMMAND.to(
              plan ->
                  new Work(
                      context -> new PlanJob(context).run(plan),
                      SparkSessions::withTwoExecutorsHere,
                      Executors.ALL)),
          SearchCommand.COMMAND.to(
              search -> Work.of(context -> new SearchJob(context).run(search))),
          StudyCommand.COMMAND.to(study -> Work.of(context -> new StudyJob(context).run(study))),
          DoctorCommand.COMMAND.to(
              doctor ->
                  new Work(
                      context -> new DoctorJob(context).run(doctor),
                      SparkSessions::new,
                      Executors.ANY)));

  /**
   * What a command does.
   *
   * @param sessions opens Spark for an application of a name
   * @param executors that it needs of Spark
   */
  private record Work(
      Consumer<Context> job, Function<String, SparkSessions> sessions, Executors executors) {

    static Work of(Consumer<Context> job) {
      return new Work(job, SparkSessions::new, Executors.ALL);
    }
  }

  private final PrintStream out;
  private final PrintStream err;
  private final LogFile log;
  private final Build build;

  private Main(PrintStream out, PrintStream err, LogFile log) {
    this.out = out;
    this.err = err;
    this.log = log;
    this.build = new Build(ThisJar.version(), ThisJar.commit());
  }

  /** Reads the command line of a program of all commands, which is called so. */
  public static CommandLine<?> commandLine(
      String program, String version, PrintStream out, PrintStream err) {
    return new CommandLine<>(program, version, out, err, COMMANDS);
  }

  /** Ends the virtual machine with the exit status that the guide lists. */
  public static void main(String[] arguments) {
    Thread.setDefaultUncaughtExceptionHandler(Main::uncaught);
    int status = start(arguments);
    if (status != DONE || !isInApplicationMaster()) {
      System.exit(status);
    }
  }

  /** A thread that ran out of memory may be one that others wait for without end. */
  private static void uncaught(Thread thread, Throwable thrown) {
    if (thrown instanceof OutOfMemoryError) {
      Diagnosis.of(thrown, launcher())
          .ifPresent(told -> System.err.println("convoy: " + told.getMessage()));
      Runtime.getRuntime().halt(MENDABLE);
    }
    thrown.printStackTrace();
  }

  /** There any exit, even with 0, is a failure, after which YARN would run everything again. */
  private static boolean isInApplicationMaster() {
    return "yarn".equals(System.getProperty("spark.master"))
        && "cluster".equals(System.getProperty("spark.submit.deployMode"));
  }

  private static int start(String[] arguments) {
    LogFile log;
    try {
      log = LogFile.start();
    } catch (UserException noLog) {
      return mendable(noLog, System.err);
    }
    return new Main(System.out, System.err, log).run(arguments);
  }

  private int run(String[] arguments) {
    if (!Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder().canEncode('\u00e9')) {
      err.println(
          "convoy: in this locale names of files beyond ASCII are lost; set LC_ALL=C.UTF-8, or use"
              + " the launchers.");
    }
    AtomicBoolean stopped = new AtomicBoolean();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopped.set(true)));
    try {
      new CommandLine<>(program(), build.version(), out, err, COMMANDS)
          .parse(arguments)
          .ifPresent(work -> run(work, ApplicationName.of(Arrays.asList(arguments))));
      log.discard();
      return DONE;
    } catch (Throwable e) {
      // Throwable, as Spark throws checked exceptions that its Java signatures do not name.
      if (stopped.get()) {
        err.println("convoy: stopped before the end.");
        return BUG;
      }
      return Diagnosis.of(e, launcher()).map(told -> mendable(told, err)).orElseGet(() -> bug(e));
    }
  }

  /** The launcher says its name. */
  private static String program() {
    return launcher().map(name -> "submit/" + name).orElse("convoy");
  }

  private static Optional<String> launcher() {
    return Optional.ofNullable(System.getProperty("spark.convoy.launcher"));
  }

  private static int mendable(UserException mistake, PrintStream err) {
    err.println("convoy: " + mistake.getMessage());
    return MENDABLE;
  }

  private int bug(Throwable thrown) {
    err.println("convoy: a bug of convoy's, please report it; the log is " + log.path());
    thrown.printStackTrace(err);
    return BUG;
  }

  private void run(Work work, String name) {
    AtomicReference<SparkSession> session = new AtomicReference<>();
    try (SparkSessions spark = work.sessions.apply(name)) {
      Supplier<SparkSession> opener =
          () -> session.updateAndGet(open -> open == null ? open(spark, work.executors) : open);
      Context context =
          new Context(spark.hadoopConfiguration(), opener, out, err, log.path(), build);
      try {
        work.job.accept(context);
      } catch (Exception e) {
        spark
            .givenUp()
            .ifPresent(
                reason -> {
                  throw reason;
                });
        // Where a master does not answer, Spark hands out a session and stops it a minute later.
        if (session.get() != null && session.get().sparkContext().isStopped()) {
          throw noSpark("stopped by itself, or its master does not answer");
        }
        throw e;
      }
    }
  }

  private SparkSession open(SparkSessions spark, Executors executors) {
    try {
      return spark.open(executors, err::println);
    } catch (UserException e) {
      throw e;
    } catch (Exception e) {
      throw Diagnosis.ofStart(e, launcher())
          .orElseGet(() -> noSpark("does not start: " + firstLine(e)));
    }
  }

  private static String firstLine(Exception e) {
    return Optional.ofNullable(e.getMessage())
        .flatMap(text -> text.lines().findFirst())
        .orElse(e.getClass().getSimpleName());
  }

  private UserException noSpark(String reason) {
    return new UserException(
        "Spark %s; check the master (CONVOY_MASTER, or --master of spark-submit) and Spark's"
            + " settings. The log is %s",
        reason, log.path());
  }
}
