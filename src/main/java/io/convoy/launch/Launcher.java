package io.convoy.launch;

import io.convoy.failure.UserException;
import io.convoy.launch.Invocation.Action;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The program behind the launchers in {@code submit}. For a launch it prints the line of
 * spark-submit on stderr, for the user, and on stdout, after {@code exec}, for the shell to become
 * it; for a dry run it prints the line on stdout alone.
 */
public final class Launcher {
  private static final int DONE = 0;
  private static final int BUG = 1;
  private static final int MENDABLE = 2;

  private static final List<String> HELP = List.of("--help", "-h");

  private static final String USAGE =
      """
      Runs convoy on a cluster by spark-submit.

      Usage: submit/%s [options] COMMAND [convoy's options]

        --executors N            how many executors
        --executor-memory SIZE   all that an executor may take, such as 8g: 40 %% of it is heap
        --executor-cores N       cores of an executor
        --driver-memory SIZE     all that the driver may take
        --driver-cores N         cores of the driver, in cluster mode
        --master URL             Spark's master (%s)
        --deploy-mode MODE       client: the driver runs here; cluster: it runs on the cluster
        --cluster                the same as --deploy-mode cluster
        --image IMAGE            image of the pods (Kubernetes)
        --namespace NAME         namespace of the pods (Kubernetes)
        --jar URL                the job jar, where it is not the one of this machine
        --spark KEY=VALUE        a setting of Spark's; can be given again
        --profile FILE           your own settings over conf/profiles/%s.conf
        --dry-run                print the line of spark-submit, and run nothing; anywhere

      SPARK_HOME is the folder of Spark 3.5; without it spark-submit is looked for in the PATH.
      Exit status: that of spark-submit, or 2 for something that you can mend.""";

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private final Path home;
  private final String jar;

  /**
   * @param out for the line, or the help that was asked for
   * @param err for the line that is run, and for mistakes
   * @param environment variables
   * @param home the folder that {@code conf} is in
   * @param jar the job jar
   */
  Launcher(
      PrintStream out, PrintStream err, Map<String, String> environment, Path home, String jar) {
    this.out = out;
    this.err = err;
    this.environment = environment;
    this.home = home;
    this.jar = jar;
  }

  /**
   * Ends the virtual machine with 0, or 2 for a mistake that the user can mend, or 1 for a bug.
   *
   * @param arguments the name of the profile, the launcher's options, convoy's command and options;
   *     the property {@code convoy.home} is the folder that {@code conf} is in (the working folder)
   */
  public static void main(String[] arguments) throws URISyntaxException {
    Path self = Path.of(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path home = Path.of(System.getProperty("convoy.home", ""));
    System.exit(
        new Launcher(System.out, System.err, System.getenv(), home, self.toString())
            .run(arguments));
  }

  /** Returns the exit status. */
  int run(String... arguments) {
    try {
      if (arguments.length == 0) {
        throw new UserException("The name of a profile is missing, such as yarn-client.");
      }
      launch(arguments[0], Arrays.asList(arguments).subList(1, arguments.length));
      return DONE;
    } catch (UserException mistake) {
      err.println("convoy: " + mistake.getMessage());
      return MENDABLE;
    } catch (RuntimeException bug) {
      err.println("convoy: a bug of convoy's, please report it");
      bug.printStackTrace(err);
      return BUG;
    }
  }

  private void launch(String profileName, List<String> arguments) {
    if (!arguments.isEmpty() && HELP.contains(arguments.get(0))) {
      help(profileName);
      return;
    }
    Invocation given = Invocation.read(profileName, arguments);
    Profile profile = Profile.read(home, environment, given);
    SparkInstallation spark = new SparkInstallation(environment);
    if (given.action() == Action.DRY_RUN) {
      show(out, words(spark.nameOfSparkSubmit(), profile, given));
      return;
    }
    if (given.cluster() == ClusterType.YARN) {
      spark.checkHadoopConfiguration();
    }
    List<String> words = words(spark.sparkSubmit(), profile, given);
    show(err, words);
    out.println("exec " + ShellWords.line(words));
  }

  private List<String> words(String program, Profile profile, Invocation given) {
    return SparkSubmitLine.of(program, profile, jar, given.command());
  }

  private void show(PrintStream stream, List<String> words) {
    List<String> shown = ShellWords.redacted(words);
    stream.println(ShellWords.line(shown));
    if (!shown.equals(words)) {
      err.println(
          "convoy: values that look like secrets are not shown above; spark-submit gets them.");
    }
  }

  private void help(String profileName) {
    ClusterType cluster = Invocation.cluster(profileName);
    out.println(USAGE.formatted(cluster.word(), cluster.example(), profileName));
  }
}
