package io.convoy.onednn;

import io.convoy.settings.Precision;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/** The native library. */
public final class OneDnn {
  private OneDnn() {}

  /** Why the library cannot be used on this machine; empty where it can. */
  public static Optional<String> obstacle() {
    try {
      Loader.load(dnnl.class);
      return Optional.empty();
    } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
      return Optional.of(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  /**
   * What this processor computes natively. In bfloat16 oneDNN computes on any with AVX-512 too, but
   * no faster than in float32. Ends with an error where there is an {@link #obstacle()}.
   */
  public static Set<Precision> precisions() {
    return has(dnnl.dnnl_cpu_isa_avx512_core_bf16)
        ? EnumSet.allOf(Precision.class)
        : EnumSet.of(Precision.FLOAT32);
  }

  /**
   * Whether the library uses an instruction set on this processor.
   *
   * @param isa oneDNN's number for it
   */
  static boolean has(int isa) {
    // An instruction set's bits include those of the sets that it contains.
    return (dnnl.dnnl_get_effective_cpu_isa() & isa) == isa;
  }

  /**
   * The library's version and the instruction set that it uses on this processor, as in {@code
   * oneDNN 2.5.2 (avx2)}. Ends with an error where there is an {@link #obstacle()}.
   */
  public static String description() {
    dnnl_version_t version = dnnl.dnnl_version();
    return String.format(
        Locale.ROOT,
        "oneDNN %d.%d.%d (%s)",
        version.major(),
        version.minor(),
        version.patch(),
        dnnl.get_effective_cpu_isa());
  }
}
