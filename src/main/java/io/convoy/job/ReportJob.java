package io.convoy.job;

import io.convoy.cli.Command;
import io.convoy.failure.UserException;
import io.convoy.page.ReportPage;
import io.convoy.page.RunPage;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code report}: one page of one run or of several. */
public final class ReportJob {
  /** The page in the folder of its run. */
  static final String PAGE = "report/index.html";

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
  public void run(Command.Report command) {
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
            .orElseGet(() -> folders.get(0).child(PAGE));
    refuseForeign(page);
    write(runs, page);
  }

  /** Writes the page of a run that has just ended, which stays a success if that fails. */
  void runAtEnd(Storage folder) {
    try {
      write(List.of(SavedRun.read(folder)), folder.child(PAGE));
    } catch (Exception e) {
      // Spark throws checked exceptions that its Java signatures do not name.
      context.remark(
          "The run is finished, but its report could not be written: %s; report --run %s tries"
              + " again.%n",
          e.getMessage(), folder);
    }
  }

  private void write(List<SavedRun> runs, Storage page) {
    List<String> names = names(runs.stream().map(SavedRun::folder).toList());
    int architectures = runs.stream().mapToInt(r -> r.settings().architectures().size()).sum();
    RunPages pages =
        new RunPages(
            context, Math.max(FEWEST_PHOTOS, Math.min(MOST_PHOTOS, PHOTOS / architectures)));
    List<RunPage> shown = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      if (!runs.get(i).isFinished()) {
        context.remark(
            "%s is not finished; the report shows what is there.%n", runs.get(i).folder());
      }
      shown.add(pages.page(runs.get(i), names.get(i)));
    }
    byte[] html =
        new ReportPage(context.build().version()).html(shown).getBytes(StandardCharsets.UTF_8);
    page.parent().makeFolder();
    page.write(out -> out.write(html));
    context.print("Report: %s%n", page);
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
