package io.convoy.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;

/**
 * The memory that one virtual machine may take, and what it may take it from. All in bytes.
 *
 * @param process driver or executor
 * @param machine a name that the processes of one machine share
 * @param container a name that the processes of one control group share
 * @param heap the most
 * @param nativeMemory the most that JavaCPP gives out beside the heap; 0 for no limit
 * @param physical at which JavaCPP refuses to give out more, heap and all; 0 for no limit
 * @param containerLimit of the control group; {@link Cgroup#NONE} where there is none
 * @param granted by the cluster's manager; {@link Cgroup#NONE} where it does not hold to any
 * @param machineMemory all of the machine's
 */
record Memory(
    SparkProcess process,
    String machine,
    String container,
    long heap,
    long nativeMemory,
    long physical,
    long containerLimit,
    long granted,
    long machineMemory)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The memory of this virtual machine.
   *
   * @param host the name of the machine, where Linux tells no better one
   */
  static Memory here(SparkProcess process, String host, long granted) {
    Path root = Path.of("/");
    Cgroup group = Cgroup.read(root);
    String machine =
        Cgroup.lines(root.resolve("proc/sys/kernel/random/boot_id")).stream()
            .findFirst()
            .orElse(host);
    return new Memory(
        process,
        machine,
        host + group.path(),
        Runtime.getRuntime().maxMemory(),
        Pointer.maxBytes(),
        Pointer.maxPhysicalBytes(),
        group.limit(),
        granted,
        Cgroup.machineMemory(root)
            .orElseGet(
                () ->
                    ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getTotalMemorySize()));
  }

  /** Heap and native memory together. */
  long most() {
    return heap + nativeMemory;
  }

  /** The least of what it may take its memory from. */
  long limit() {
    return Math.min(Math.min(containerLimit, granted), machineMemory);
  }
}
