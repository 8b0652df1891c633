package io.convoy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupTest {
  @TempDir Path root;

  private void file(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @Test
  void aLimitOfVersionTwoIsRead() throws IOException {
    file("proc/self/cgroup", "0::/pod/one\n");
    file("sys/fs/cgroup/pod/one/memory.max", "1073741824\n");
    assertEquals(new Cgroup("/pod/one", 1L << 30), Cgroup.read(root));
  }

  @Test
  void theLimitOfAGroupAboveCountsToo() throws IOException {
    file("proc/self/cgroup", "0::/pod/one\n");
    file("sys/fs/cgroup/pod/one/memory.max", "max\n");
    file("sys/fs/cgroup/pod/memory.max", "2147483648\n");
    assertEquals(2L << 30, Cgroup.read(root).limit());
  }

  @Test
  void aLimitOfVersionOneIsRead() throws IOException {
    file("proc/self/cgroup", "9:name=systemd:/\n4:cpu,memory:/docker/4f\n");
    file("sys/fs/cgroup/memory/docker/4f/memory.limit_in_bytes", "1073741824\n");
    assertEquals(new Cgroup("/docker/4f", 1L << 30), Cgroup.read(root));
  }

  @Test
  void inAContainerTheLimitLiesAtTheTop() throws IOException {
    file("proc/self/cgroup", "4:memory:/docker/4f\n");
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", "1073741824\n");
    assertEquals(1L << 30, Cgroup.read(root).limit());
  }

  @Test
  void whatVersionOneWritesForNoLimitIsNone() throws IOException {
    file("proc/self/cgroup", "4:memory:/a\n0::/\n");
    file("sys/fs/cgroup/memory/a/memory.limit_in_bytes", "9223372036854771712\n");
    assertEquals(Cgroup.NONE, Cgroup.read(root).limit());
  }

  @Test
  void withoutControlGroupsThereIsNoLimit() {
    assertEquals(new Cgroup("", Cgroup.NONE), Cgroup.read(root));
  }

  @Test
  void theMachinesMemoryIsInKibibytes() throws IOException {
    file("proc/meminfo", "MemTotal:       1048576 kB\nMemFree:  12 kB\n");
    assertEquals(OptionalLong.of(1L << 30), Cgroup.machineMemory(root));
  }
}
