package io.convoy.program;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.convoy.averaging.LostWorkersException;
import io.convoy.doctor.NativesCheck;
import io.convoy.failure.UserException;
import io.convoy.spark.ScratchFolders;
import io.convoy.storage.UnreachableStore;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.apache.spark.SparkException;

/** What a user can mend of what was thrown, if anything; all else is a bug. */
public final class Diagnosis {
  private static final String GO_ON =
      "what was finished is kept: start the same command again to go on";

  /** What Linux, its quotas, and HDFS's say. */
  private static final Pattern FULL =
      Pattern.compile("no space left on device|disk quota exceeded|quota of .* is exceeded");

  /** What C++ says where the machine has no more. */
  private static final Pattern REFUSED_MEMORY = Pattern.compile("std::bad_alloc");

  /** What Java says of its heap; all other words are JavaCPP's, of native memory. */
  private static final Pattern HEAP = Pattern.compile("heap space|GC overhead|array size exceeds");

  private static final Pattern LOST =
      Pattern.compile(
          "ExecutorLostFailure \\((executor \\S+) .*?\\) Reason: (.*?)(?=Driver stacktrace|\\v|$)");

  private static final Pattern LARGE_RESULTS =
      Pattern.compile("is bigger than spark\\.driver\\.maxResultSize \\(([^)]*)\\)");

  private static final Pattern NO_MASTER =
      Pattern.compile("^(?:Could not parse Master URL|Invalid master URL): '?(.*?)'?$");

  private final List<Throwable> causes;
  private final Launcher launcher;

  private Diagnosis(Throwable thrown, Optional<String> launcher) {
    this.causes = behind(thrown);
    this.launcher = Launcher.of(launcher);
  }

  /**
   * Looks at what was thrown and, as Spark wraps what a task throws, at what is behind it, which is
   * the cause of what is given.
   *
   * @param launcher of {@code submit} that was used, if one was
   */
  public static Optional<UserException> of(Throwable thrown, Optional<String> launcher) {
    Diagnosis diagnosis = new Diagnosis(thrown, launcher);
    Optional<UserException> told = diagnosis.told();
    if (told.isPresent()) {
      return told;
    }
    Optional<UserException> found =
        Stream.of(
                diagnosis.fullDisk(),
                diagnosis.unloadedNatives(),
                diagnosis.unreachableStore(),
                diagnosis.outOfMemory(),
                diagnosis.largeResults(),
                diagnosis.lostExecutors(),
                diagnosis.failingFileSystem())
            .flatMap(Optional::stream)
            .findFirst();
    found.ifPresent(mistake -> mistake.initCause(thrown));
    return found;
  }

  /** The diagnosis of what was thrown when Spark was started. */
  static Optional<UserException> ofStart(Throwable thrown, Optional<String> launcher) {
    Diagnosis diagnosis = new Diagnosis(thrown, launcher);
    return diagnosis
        .first(BindException.class)
        .map(
            refused ->
                new UserException(
                    "Spark cannot listen at an address of this machine (%s); set SPARK_LOCAL_IP, or"
                        + " spark.driver.bindAddress and spark.driver.port.",
                    message(refused)))
        .or(diagnosis::told)
        .or(diagnosis::unknownMaster)
        .or(diagnosis::smallHeap)
        .or(diagnosis::fullDisk)
        .or(diagnosis::outOfMemory);
  }

  private Optional<UserException> unknownMaster() {
    return causes.stream()
        .map(cause -> NO_MASTER.matcher(message(cause)))
        .filter(Matcher::find)
        .findFirst()
        .map(
            unknown ->
                new UserException(
                    "%s is no master of Spark's; give local[*], spark://HOST:7077, yarn, or"
                        + " k8s://https://HOST:PORT (CONVOY_MASTER of submit/local, --master of"
                        + " spark-submit).",
                    unknown.group(1)));
  }

  /** Spark refuses heaps below 450 MiB, and names options that launchers have not. */
  private Optional<UserException> smallHeap() {
    return causes.stream()
        .filter(cause -> message(cause).startsWith("[INVALID_DRIVER_MEMORY]"))
        .findFirst()
        .map(
            small ->
                new UserException(
                    "Java's heap is smaller than the 450 MiB that Spark wants: set %s to more, such as"
                        + " 2g.",
                    launcher.heap("--driver-memory")));
  }

  private static List<Throwable> behind(Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  private <T> Optional<T> first(Class<T> type) {
    return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  private Optional<UserException> told() {
    return first(UserException.class);
  }

  private Optional<UserException> fullDisk() {
    return causes.stream()
        .filter(cause -> FULL.matcher(message(cause).toLowerCase(Locale.ROOT)).find())
        .findFirst()
        .map(
            full ->
                new UserException(
                    "%s. %s.",
                    place()
                        .map(place -> place + ": no space is left there; free some")
                        .or(NativesCheck::obstacle)
                        .orElse(
                            "A disk that Spark writes to is full (spark.local.dir or"
                                + " SPARK_LOCAL_DIRS, of executors too); free some space there"),
                    sentence(GO_ON)));
  }

  /** JavaCPP, snappy and zstd unpack their libraries before they load them. */
  private Optional<UserException> unloadedNatives() {
    return causes.stream()
        .filter(
            cause ->
                cause instanceof UnsatisfiedLinkError
                    || cause.getClass().getName().equals("org.xerial.snappy.SnappyError")
                    || message(cause).startsWith("Could not create the cache"))
        .findFirst()
        .map(
            cause ->
                new UserException(
                    "A native library cannot be unpacked or loaded (%s): %s.",
                    message(cause),
                    NativesCheck.obstacle()
                        .orElse("run doctor, which looks at each machine's folders for them")));
  }

  private Optional<UserException> unreachableStore() {
    return causes.stream()
        .filter(UncheckedIOException.class::isInstance)
        .map(UncheckedIOException.class::cast)
        .flatMap(failed -> UnreachableStore.behind(failed).stream())
        .findFirst();
  }

  private Optional<UserException> outOfMemory() {
    return causes.stream()
        .filter(
            cause ->
                cause instanceof OutOfMemoryError || REFUSED_MEMORY.matcher(message(cause)).find())
        // The last one, as Spark repeats it in front.
        .reduce((before, last) -> last)
        .map(
            cause ->
                new UserException(
                    "Out of memory: %s. Raise %s, or lower what is to fit in (architectures.NAME.batch"
                        + " and layers, images.height and width); %s.",
                    message(cause), memory(message(cause)), GO_ON));
  }

  /** What is to be raised. */
  private String memory(String said) {
    if (REFUSED_MEMORY.matcher(said).find()) {
      return "the memory of the machine, or what its container may take";
    }
    return HEAP.matcher(said).find() ? launcher.heap(where()) : launcher.nativeMemory(where());
  }

  /** Spark hands on what a task threw; all else was thrown in the driver. */
  private String where() {
    return first(SparkException.class).isPresent() ? "--executor-memory" : "--driver-memory";
  }

  /** What sizes the memory, in the words of who started the program. */
  private enum Launcher {
    LOCAL {
      @Override
      String heap(String option) {
        return "CONVOY_HEAP";
      }

      @Override
      String nativeMemory(String option) {
        return "CONVOY_NATIVE";
      }
    },

    /** Of a cluster: the option is all of the memory. */
    CLUSTER {
      @Override
      String heap(String option) {
        return option;
      }

      @Override
      String nativeMemory(String option) {
        return option;
      }
    },

    /** There the option is the heap alone. */
    SPARK_SUBMIT {
      @Override
      String heap(String option) {
        return option + " of spark-submit";
      }

      @Override
      String nativeMemory(String option) {
        return "-Dorg.bytedeco.javacpp.maxbytes in spark."
            + option.replaceAll("--|-memory", "")
            + ".extraJavaOptions";
      }
    };

    static Launcher of(Optional<String> name) {
      return name.map(known -> known.equals("local") ? LOCAL : CLUSTER).orElse(SPARK_SUBMIT);
    }

    /**
     * @param option that sizes the process on a cluster
     */
    abstract String heap(String option);

    abstract String nativeMemory(String option);
  }

  /** Convoy's own session has no limit; that of another program, or of the user's choice, may. */
  private Optional<UserException> largeResults() {
    return causes.stream()
        .map(cause -> LARGE_RESULTS.matcher(message(cause)))
        .filter(Matcher::find)
        .findFirst()
        .map(
            large ->
                new UserException(
                    "The parameters of all workers together are larger than spark.driver.maxResultSize"
                        + " (%s): start Spark with a larger one, or with 0, which is no limit; %s.",
                    large.group(1), GO_ON));
  }

  /** Spark tells the loss of executors in words alone. */
  private Optional<UserException> lostExecutors() {
    return causes.stream()
        .map(cause -> LOST.matcher(String.valueOf(cause.getMessage())))
        .filter(Matcher::find)
        .findFirst()
        .map(
            lost ->
                new UserException(
                    "Spark lost executors again and again, the last one %s: %s. Their logs tell why;"
                        + " too little memory is the most common cause (--executor-memory). After exit"
                        + " code %d %s. %s.",
                    lost.group(1),
                    lost.group(2).strip().replaceFirst("\\.$", ""),
                    ScratchFolders.EXIT_CODE,
                    ScratchFolders.OF_EXECUTOR,
                    sentence(GO_ON)))
        .or(
            () ->
                first(LostWorkersException.class)
                    .map(
                        lost ->
                            new UserException(
                                "Spark lost executors again and again: %s. Their logs tell why; too"
                                    + " little memory is the most common cause (--executor-memory)."
                                    + " %s.",
                                message(lost), sentence(GO_ON))));
  }

  /**
   * Only where convoy, or Java, names the place: any other {@link IOException} is of a program that
   * reads what is not a file, and a bug.
   */
  private Optional<UserException> failingFileSystem() {
    Optional<IOException> failed = first(IOException.class);
    if (failed.isEmpty()) {
      return Optional.empty();
    }
    return place()
        .or(this::placeOfJavas)
        .map(
            place ->
                switch (Kind.of(failed.get())) {
                  case MISSING ->
                      new UserException(
                          "%s: there is no such file; it was deleted meanwhile, or the machine that"
                              + " wants it does not see it.",
                          place);
                  case DAMAGED ->
                      new UserException(
                          "%s cannot be read (%s): the file is damaged or cut short; delete it and"
                              + " make it again.",
                          place, message(failed.get()));
                  case FAILED ->
                      new UserException("%s: %s; %s.", place, message(failed.get()), GO_ON);
                });
  }

  private enum Kind {
    MISSING,
    DAMAGED,
    FAILED;

    static Kind of(IOException failed) {
      if (failed instanceof FileNotFoundException || failed instanceof NoSuchFileException) {
        return MISSING;
      }
      return failed instanceof EOFException
              || failed instanceof ZipException
              || failed instanceof JsonProcessingException
          ? DAMAGED
          : FAILED;
    }
  }

  private Optional<String> placeOfJavas() {
    return first(FileSystemException.class).map(FileSystemException::getFile);
  }

  /** Convoy's own messages about files begin with the place. */
  private Optional<String> place() {
    return causes.stream()
        .filter(UncheckedIOException.class::isInstance)
        .map(failed -> message(failed).split(": ", 2)[0])
        .filter(place -> place.contains("/"))
        .findFirst();
  }

  private static String sentence(String clause) {
    return clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1);
  }

  private static String message(Throwable thrown) {
    return Optional.ofNullable(thrown.getMessage())
        .flatMap(text -> text.lines().findFirst())
        .orElse(thrown.getClass().getSimpleName());
  }
}
