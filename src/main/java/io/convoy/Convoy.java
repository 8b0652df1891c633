package io.convoy;

import io.convoy.build.ThisJar;
import io.convoy.cli.Command;
import io.convoy.cli.CommandLine;
import io.convoy.failure.UserException;
import io.convoy.job.AugmentedJob;
import io.convoy.job.BenchJob;
import io.convoy.job.Context;
import io.convoy.job.Context.Build;
import io.convoy.job.DoctorJob;
import io.convoy.job.FiltersJob;
import io.convoy.job.PlanJob;
import io.convoy.job.PredictJob;
import io.convoy.job.PrepareJob;
import io.convoy.job.ReportJob;
import io.convoy.job.RunJob;
import io.convoy.job.SampleJob;
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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** The program: reads the command line, does what it says, and turns errors into exit statuses. */
public final class Convoy {
  private static final int DONE = 0;
  private static final int BUG = 1;
  private static final int MENDABLE = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final LogFile log;
  private final Build build;

  private Convoy(PrintStream out, PrintStream err, LogFile log) {
    this.out = out;
    this.err = err;
    this.log = log;
    this.build = new Build(ThisJar.version(), ThisJar.commit());
  }

  /** Ends the virtual machine with the exit status that the guide lists. */
  public static void main(String[] arguments) {
    Thread.setDefaultUncaughtExceptionHandler(Convoy::uncaught);
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
    return new Convoy(System.out, System.err, log).run(arguments);
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
      new CommandLine(program(), build.version(), out, err)
          .parse(arguments)
          .ifPresent(command -> run(command, ApplicationName.of(Arrays.asList(arguments))));
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

  private void run(Command command, String name) {
    AtomicReference<SparkSession> session = new AtomicReference<>();
    try (SparkSessions spark =
        command instanceof Command.Plan
            ? SparkSessions.withTwoExecutorsHere(name)
            : new SparkSessions(name)) {
      Supplier<SparkSession> opener =
          () -> session.updateAndGet(open -> open == null ? open(spark, command) : open);
      Context context =
          new Context(spark.hadoopConfiguration(), opener, out, err, log.path(), build);
      try {
        run(command, context);
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

  private SparkSession open(SparkSessions spark, Command command) {
    Executors executors = command instanceof Command.Doctor ? Executors.ANY : Executors.ALL;
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

  private static void run(Command command, Context context) {
    if (command instanceof Command.Sample sample) {
      new SampleJob(context).run(sample);
    } else if (command instanceof Command.Augmented augmented) {
      new AugmentedJob(context).run(augmented);
    } else if (command instanceof Command.Survey survey) {
      new SurveyJob(context).run(survey);
    } else if (command instanceof Command.Prepare prepare) {
      new PrepareJob(context).run(prepare);
    } else if (command instanceof Command.Train train) {
      new TrainJob(context).run(train);
    } else if (command instanceof Command.Run run) {
      new RunJob(context).run(run);
    } else if (command instanceof Command.Report report) {
      new ReportJob(context).run(report);
    } else if (command instanceof Command.Predict predict) {
      new PredictJob(context).run(predict);
    } else if (command instanceof Command.Filters filters) {
      new FiltersJob(context).run(filters);
    } else if (command instanceof Command.Bench bench) {
      new BenchJob(context).run(bench);
    } else if (command instanceof Command.Plan plan) {
      new PlanJob(context).run(plan);
    } else if (command instanceof Command.Study study) {
      new StudyJob(context).run(study);
    } else if (command instanceof Command.Doctor doctor) {
      new DoctorJob(context).run(doctor);
    }
  }
}
