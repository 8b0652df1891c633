package io.convoy.ingest;

import java.util.ArrayList;
import java.util.List;

/**
 * How many files a task reads: about equal bytes a task, whatever the number of files. Opening a
 * file counts as some bytes more, so that a task of tiny files does not take forever.
 *
 * @param taskBytes at most this many bytes a task, or one file; at least 1
 */
public record Packing(long taskBytes) {
  /** A photo of 20 KB is read in the time that opening it takes. */
  private static final long OPEN_BYTES = 16 << 10;

  private static final long MOST = 32 << 20;
  private static final long LEAST = 1 << 20;

  /** A task that ends late holds up the others for a fraction of the whole only. */
  private static final int TASKS_A_CORE = 4;

  /** For files of so many bytes on so many cores. */
  static Packing of(List<PhotoFile> files, int cores) {
    long all = files.stream().mapToLong(Packing::cost).sum();
    return new Packing(Math.max(LEAST, Math.min(MOST, all / ((long) cores * TASKS_A_CORE))));
  }

  /** Deals the files to tasks, in their order. */
  List<List<PhotoFile>> tasks(List<PhotoFile> files) {
    List<List<PhotoFile>> tasks = new ArrayList<>();
    List<PhotoFile> task = new ArrayList<>();
    long bytes = 0;
    for (PhotoFile file : files) {
      if (!task.isEmpty() && bytes + cost(file) > taskBytes) {
        tasks.add(task);
        task = new ArrayList<>();
        bytes = 0;
      }
      task.add(file);
      bytes += cost(file);
    }
    if (!task.isEmpty()) {
      tasks.add(task);
    }
    return tasks;
  }

  private static long cost(PhotoFile file) {
    return OPEN_BYTES + file.bytes();
  }
}
