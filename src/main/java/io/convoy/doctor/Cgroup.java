package io.convoy.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * The control group of this process, by which Linux limits a container.
 *
 * @param path within the groups, as in {@code /docker/4f}; empty where there is none
 * @param limit bytes of memory, the least of the group and those above it; {@link #NONE} where
 *     there is no limit
 */
record Cgroup(String path, long limit) {
  static final long NONE = Long.MAX_VALUE;

  /** Version 1 writes no limit as nearly 2^63, rounded to pages. */
  private static final long UNLIMITED = 1L << 60;

  /**
   * Reads the group of this process, of version 1 or 2.
   *
   * @param root of the file system, with {@code proc} and {@code sys}
   */
  static Cgroup read(Path root) {
    Cgroup group = new Cgroup("", NONE);
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      // 0::/path (version 2) or 4:memory:/path (version 1); both where they are mixed.
      String[] fields = line.split(":", 3);
      if (fields.length == 3 && fields[1].isEmpty()) {
        group = group.orTighter(of(root.resolve("sys/fs/cgroup"), fields[2], "memory.max"));
      } else if (fields.length == 3 && List.of(fields[1].split(",")).contains("memory")) {
        group =
            group.orTighter(
                of(root.resolve("sys/fs/cgroup/memory"), fields[2], "memory.limit_in_bytes"));
      }
    }
    return group;
  }

  private Cgroup orTighter(Cgroup other) {
    return path.isEmpty() || other.limit < limit ? other : this;
  }

  /** From the group up to the top: in a container the path may lie outside of what is mounted. */
  private static Cgroup of(Path top, String path, String file) {
    long limit = NONE;
    Path group = Path.of("/").relativize(Path.of(path).normalize());
    for (Path at = group; at != null; at = at.getParent()) {
      limit = Math.min(limit, limit(top.resolve(at).resolve(file)));
    }
    return new Cgroup(path, Math.min(limit, limit(top.resolve(file))));
  }

  private static long limit(Path file) {
    return lines(file).stream()
        .flatMapToLong(line -> number(line).stream())
        .filter(bytes -> bytes < UNLIMITED)
        .findFirst()
        .orElse(NONE);
  }

  private static OptionalLong number(String line) {
    try {
      return OptionalLong.of(Long.parseLong(line.strip()));
    } catch (NumberFormatException max) {
      return OptionalLong.empty();
    }
  }

  /** The machine's memory in bytes; empty where {@code proc} does not tell. */
  static OptionalLong machineMemory(Path root) {
    return lines(root.resolve("proc/meminfo")).stream()
        .filter(line -> line.startsWith("MemTotal:"))
        .flatMapToLong(line -> LongStream.of(Long.parseLong(line.replaceAll("\\D", "")) << 10))
        .findFirst();
  }

  /** The file's lines; none where it cannot be read. */
  static List<String> lines(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
