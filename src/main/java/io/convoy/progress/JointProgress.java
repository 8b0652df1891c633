package io.convoy.progress;

import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The progress of tasks that run side by side: every ten seconds a line for each that runs, and one
 * for all, {@code train: 3 of 8 done, 2 running, 12 min left, best so far conv24}. Plain lines on a
 * terminal too, as bars of several tasks would overwrite one another.
 *
 * <p>All methods may be called from any thread.
 */
public final class JointProgress {
  private static final double NANOS_PER_SECOND = 1e9;

  private final String name;
  private final int tasks;
  private final double work;
  private final PrintStream out;
  private final LongSupplier nanoClock;
  private final long started;
  private final Set<Member> running = new LinkedHashSet<>();
  private long lastLines;
  private int ended;
  private double workEnded;

  /** Of what has ended, the part that was left when this began. */
  private double workDone;

  private String note = "";

  /**
   * On this machine's clock.
   *
   * @param name of all of them, a word or two
   * @param tasks how many there will be, as far as known
   * @param work of all of them, in any unit, such as the seconds that one executor would take
   * @param out where progress goes
   */
  public JointProgress(String name, int tasks, double work, PrintStream out) {
    this(name, tasks, work, out, System::nanoTime);
  }

  JointProgress(String name, int tasks, double work, PrintStream out, LongSupplier nanoClock) {
    this.name = name;
    this.tasks = tasks;
    this.work = work;
    this.out = out;
    this.nanoClock = nanoClock;
    this.started = nanoClock.getAsLong();
    this.lastLines = started;
  }

  /**
   * Begins a task, which ends where its progress is closed.
   *
   * @param task a word or two
   * @param images that are left of it
   * @param left of its work
   */
  public synchronized Progress start(String task, long images, double left) {
    Member member = new Member(new ProgressLine(task, images, nanoClock), left);
    running.add(member);
    return member;
  }

  /** A task has ended; {@code of} was its work, however much of it was done before this began. */
  public synchronized void ended(double of) {
    ended++;
    workEnded += of;
  }

  /** What else to tell of all, from now on. */
  public synchronized void note(String text) {
    note = text;
  }

  private void tell() {
    long now = nanoClock.getAsLong();
    if (now - lastLines >= LineProgress.INTERVAL.toNanos()) {
      lastLines = now;
      running.forEach(member -> out.println(member.line.now()));
      out.println(all((now - started) / NANOS_PER_SECOND));
    }
  }

  private String all(double seconds) {
    double runs = running.stream().mapToDouble(member -> member.left * member.line.share()).sum();
    double rest = running.stream().mapToDouble(member -> member.left).sum() - runs;
    double done = workDone + runs;
    double begun = running.stream().mapToDouble(member -> member.left).sum();
    double waiting = Math.max(0, work - workEnded - begun);
    // A search may let more go on than it was thought to.
    boolean foreseen = ended + running.size() <= tasks;
    String left =
        done <= 0 || !foreseen
            ? ""
            : ", "
                + Progress.duration((long) Math.ceil(seconds * (rest + waiting) / done))
                + " left";
    return String.format(
        Locale.ROOT,
        "%s: %,d%s done, %,d running%s%s",
        name,
        ended,
        foreseen ? String.format(Locale.ROOT, " of %,d", tasks) : "",
        running.size(),
        left,
        note.isEmpty() ? "" : ", " + note);
  }

  /** A task that runs. */
  private final class Member implements Progress {
    private final ProgressLine line;
    private final double left;

    private Member(ProgressLine line, double left) {
      this.line = line;
      this.left = left;
    }

    @Override
    public void advance(long images) {
      synchronized (JointProgress.this) {
        line.advance(images);
        tell();
      }
    }

    @Override
    public void weigh(double each, double left) {
      synchronized (JointProgress.this) {
        line.weigh(each, left);
      }
    }

    @Override
    public void note(String text) {
      synchronized (JointProgress.this) {
        line.note(text);
      }
    }

    @Override
    public void line(String text) {
      synchronized (JointProgress.this) {
        out.println(line.line(text));
      }
    }

    @Override
    public void close() {
      synchronized (JointProgress.this) {
        if (running.remove(this)) {
          workDone += left;
          out.println(line.end());
        }
      }
    }
  }
}
