package io.convoy.job;

import io.convoy.cli.ReportCommand;
import io.convoy.compare.Candidate;
import io.convoy.compare.Comparison;
import io.convoy.compare.RankingText;
import io.convoy.evaluate.Predictions;
import io.convoy.failure.UserException;
import io.convoy.page.ReportPage;
import io.convoy.page.RunGroup;
import io.convoy.page.RunPage;
import io.convoy.report.ComparisonTable;
import io.convoy.report.TableWriter;
import io.convoy.storage.Storage;
import io.convoy.storage.UnreachableStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/** {@code report}: one page of one run or of several. */
public final class ReportJob {
  private static final String FILE = "index.html";
  private static final String OURS = "name=\"generator\" content=\"convoy";
  private static final int HEAD_BYTES = 4096;

  /** So that the page stays small: all architectures together, of each kind. */
  private static final int PHOTOS = 120;

  private static final int MOST_PHOTOS = 12;
  private static final int FEWEST_PHOTOS = 3;

  private final Context context;

  public ReportJob(Context context) {
    this.context = context;
  }

  /**
   * Writes the page, and says where it is.
   *
   * @throws UserException if a folder is no run, or the page's place is taken by something else
   */
  public void run(ReportCommand command) {
    List<Storage> folders = command.runs().stream().map(context::storage).toList();
    if (Set.copyOf(folders.stream().map(Location::of).toList()).size() < folders.size()) {
      throw new UserException("The same run is given twice; give each once.");
    }
    if (folders.size() > 1 && command.out().isEmpty()) {
      throw new UserException(
          "The page of several runs needs a folder of its own; give one with --out.");
    }
    List<SavedRun> runs = folders.stream().map(SavedRun::read).toList();
    Storage page =
        command
            .out()
            .map(out -> context.storage(out).child(FILE))
            .orElseGet(() -> new RunFiles(folders.get(0)).page());
    refuseForeign(page);
    runs.forEach(this::compare);
    printRankings(runs, write(runs, page, Optional.empty()));
    tell(page);
  }

  /** Adds the table of comparisons to a run of an older convoy, which has none. */
  private void compare(SavedRun run) {
    Storage folder = run.files().tables();
    if (!run.files().isFinished() || folder.child(ComparisonTable.NAME + ".parquet").exists()) {
      return;
    }
    Map<String, Predictions> validation = new LinkedHashMap<>();
    Map<String, Predictions> test = new LinkedHashMap<>();
    for (Candidate each : run.candidates("")) {
      validation.put(each.label(), each.validation());
      test.put(each.label(), each.test());
    }
    try {
      new TableWriter(folder).write(new ComparisonTable().of(validation, test));
    } catch (UncheckedIOException e) {
      context.remark("The table of comparisons could not be written: %s%n", e.getMessage());
    }
  }

  /**
   * Writes the page of a run that has just ended, which stays a success where that fails for a
   * reason that the user can mend.
   *
   * @param spark that is open; none where nothing was trained
   */
  void runAtEnd(RunFiles run, Optional<JavaSparkContext> spark) {
    Storage folder = run.folder();
    try {
      write(List.of(SavedRun.read(folder)), run.page(), spark);
      tell(run.page());
    } catch (UserException e) {
      unwritten(e.getMessage(), folder);
    } catch (UncheckedIOException e) {
      unwritten(
          UnreachableStore.behind(e).map(UserException::getMessage).orElseGet(e::getMessage),
          folder);
    }
  }

  private void unwritten(String reason, Storage folder) {
    context.remark(
        "The run is finished, but its report could not be written: %s To try again: report --run"
            + " %s%n",
        reason.endsWith(".") ? reason : reason + ".", folder);
  }

  private List<RunPage> write(List<SavedRun> runs, Storage page, Optional<JavaSparkContext> spark) {
    List<String> names = names(runs.stream().map(SavedRun::folder).toList());
    int architectures = runs.stream().mapToInt(r -> r.settings().architectures().size()).sum();
    RunPages pages =
        new RunPages(
            context, spark, Math.max(FEWEST_PHOTOS, Math.min(MOST_PHOTOS, PHOTOS / architectures)));
    List<RunPage> shown = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      if (!runs.get(i).files().isFinished()) {
        context.remark(
            "%s is not finished; the report shows what is there.%n", runs.get(i).folder());
      }
      shown.add(pages.page(runs.get(i), names.get(i)));
    }
    byte[] html =
        new ReportPage(context.build().version()).html(shown).getBytes(StandardCharsets.UTF_8);
    page.parent().makeFolder();
    page.write(out -> out.write(html));
    return shown;
  }

  private void tell(Storage page) {
    context.print("Report: %s%n", page);
  }

  /** Runs that were measured on other photos are ranked apart. */
  private void printRankings(List<SavedRun> runs, List<RunPage> shown) {
    List<RunGroup> groups = RunGroup.of(shown);
    if (groups.size() > 1) {
      context.print(
          "These runs were not trained and measured on the same photos, so that they are ranked"
              + " apart: %s.%n",
          groups.stream().map(RunGroup::name).collect(Collectors.joining(" | ")));
      RunGroup.differencesInWords(groups).forEach(line -> context.print("  %s%n", line));
      context.print("%n");
    }
    for (RunGroup group : groups) {
      List<Candidate> candidates = new ArrayList<>();
      for (RunPage page : group.runs()) {
        candidates.addAll(
            runs.get(shown.indexOf(page)).candidates(runs.size() == 1 ? "" : page.name() + " / "));
      }
      if (candidates.isEmpty()) {
        context.print("No architecture of %s is trained to its end yet.%n", group.name());
      } else {
        context.print(
            "%s%n",
            new RankingText(new Comparison(candidates), group.runs().get(0).classes()).text());
      }
    }
  }

  /** The folders' own names, or their whole places where two share a name. */
  private static List<String> names(List<Storage> folders) {
    List<String> names = folders.stream().map(Storage::name).toList();
    return new HashSet<>(names).size() == names.size()
        ? names
        : folders.stream().map(Storage::toString).toList();
  }

  /** A page of somebody else is not overwritten. */
  private static void refuseForeign(Storage page) {
    if (!page.exists()) {
      return;
    }
    try (InputStream in = page.open()) {
      String head = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
      if (head.contains(OURS)) {
        return;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(page + ": " + e.getMessage(), e);
    }
    throw new UserException(
        "%s is there, and no report of convoy's; choose another folder with --out.", page);
  }
}
