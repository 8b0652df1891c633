package io.convoy;

import io.convoy.cli.Command;
import io.convoy.cli.CommandLine;
import io.convoy.failure.UserException;
import io.convoy.job.Context;
import io.convoy.job.Context.Build;
import io.convoy.job.PrepareJob;
import io.convoy.job.RunJob;
import io.convoy.job.SampleJob;
import io.convoy.job.SurveyJob;
import io.convoy.job.TrainJob;
import io.convoy.spark.LogFile;
import io.convoy.spark.SparkSessions;
import java.io.PrintStream;
import java.util.Optional;

/** The program: reads the command line, does what it says, and turns errors into exit statuses. */
public final class Convoy {
  private static final int DONE = 0;
  private static final int BUG = 1;
  private static final int MENDABLE = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final Build build;

  private Convoy(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
    Package jar = Convoy.class.getPackage();
    this.build =
        new Build(
            Optional.ofNullable(jar.getImplementationVersion()).orElse("development"),
            GitCommit.ofJar().orElse("unknown"));
  }

  /** Ends the virtual machine with the exit status that the README lists. */
  public static void main(String[] arguments) {
    System.exit(new Convoy(System.out, System.err).run(arguments));
  }

  private int run(String[] arguments) {
    LogFile log = LogFile.start();
    try {
      CommandLine.Outcome outcome = new CommandLine(build.version(), out, err).parse(arguments);
      outcome.command().ifPresent(this::run);
      return outcome.command().isPresent() ? DONE : outcome.status();
    } catch (UserException e) {
      err.println("convoy: " + e.getMessage());
      return MENDABLE;
    } catch (RuntimeException | Error e) {
      Optional<UserException> mistake = mistakeBehind(e);
      if (mistake.isPresent()) {
        err.println("convoy: " + mistake.get().getMessage());
        return MENDABLE;
      }
      err.printf("convoy: a bug of convoy's, please report it; the log is %s%n", log.path());
      e.printStackTrace(err);
      return BUG;
    }
  }

  private void run(Command command) {
    try (SparkSessions spark = new SparkSessions()) {
      Context context = new Context(spark.hadoopConfiguration(), spark::open, out, err, build);
      if (command instanceof Command.Sample sample) {
        new SampleJob(context).run(sample);
      } else if (command instanceof Command.Survey survey) {
        new SurveyJob(context).run(survey);
      } else if (command instanceof Command.Prepare prepare) {
        new PrepareJob(context).run(prepare);
      } else if (command instanceof Command.Train train) {
        new TrainJob(context).run(train);
      } else if (command instanceof Command.Run run) {
        new RunJob(context).run(run);
      }
    }
  }

  /** Spark wraps what a task throws. */
  private static Optional<UserException> mistakeBehind(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserException mistake) {
        return Optional.of(mistake);
      }
    }
    return Optional.empty();
  }
}
