package io.convoy.onednn;

import io.convoy.network.Shape;
import io.convoy.settings.Precision;
import java.util.Arrays;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Where Winograd's algorithm computes a convolution of 3 x 3: a tile of 4 x 4 values takes 36
 * multiplications for a pair of channels in place of 144 (F(4 x 4, 3 x 3) of Lavin and Gray, "Fast
 * Algorithms for Convolutional Neural Networks", 2015). oneDNN has it in float32, for AVX-512. What
 * it gives differs from the sum of products by some 1e-6 of it, as that in another order does.
 *
 * <p>The bounds are from single convolutions on an AMD EPYC with AVX-512: within them it took 0.4
 * to 0.9 of the direct algorithm's time for the three passes together.
 */
final class Winograd {
  private static final long SIDE = 3;
  private static final long TILE = 4;

  /** One block of channels has the tiles' transforms outweigh the multiplications. */
  private static final long CHANNELS_OF_A_BLOCK = 16;

  /** With fewer, those of the weights do. */
  private static final long FEWEST_TILES = 32;

  private static final long FEWEST_CHANNELS_INSTEAD_OF_BFLOAT16 = 64;

  /** Of input and output together. */
  private static final long MOST_BYTES_INSTEAD_OF_BFLOAT16 = 16L << 20;

  private Winograd() {}

  /**
   * Whether it computes a convolution, in float32 and in all of its passes.
   *
   * @param images at once
   * @param input the precision of what comes in
   * @param precision in which the direct algorithm would compute
   */
  static boolean computes(
      LayerPlan.Convolution plan, int images, Precision input, Precision precision) {
    return OneDnn.has(dnnl.dnnl_cpu_isa_avx512_core)
        && isWritten(plan)
        && isFaster(plan, images)
        && switch (precision) {
          case FLOAT32 -> true;
          case BFLOAT16 -> input == Precision.FLOAT32 && isFasterThanBfloat16(plan, images);
        };
  }

  /** Whether oneDNN has it. */
  private static boolean isWritten(LayerPlan.Convolution plan) {
    LayerPlan.Window window = plan.window();
    return plan.groups() == 1
        && Arrays.stream(window.kernel()).allMatch(side -> side == SIDE)
        && Arrays.stream(window.stride()).allMatch(step -> step == 1)
        && Arrays.stream(window.before()).allMatch(zeros -> zeros <= 1)
        // Of others oneDNN 2.5.2 gives a wrong gradient by the input; no issue is known.
        && Arrays.equals(window.before(), window.after())
        && (plan.nonlinearity() == Nonlinearity.IDENTITY
            || plan.nonlinearity() == Nonlinearity.RELU);
  }

  private static boolean isFaster(LayerPlan.Convolution plan, int images) {
    Shape output = plan.output();
    long tiles = tiles(output.height()) * tiles(output.width());
    // Tiles that lie half outside of the maps multiply as often as the direct algorithm.
    boolean isFilled = 2 * output.height() * output.width() >= tiles * TILE * TILE;
    return fewestChannels(plan) > CHANNELS_OF_A_BLOCK && isFilled && images * tiles >= FEWEST_TILES;
  }

  private static long tiles(long side) {
    return (side + TILE - 1) / TILE;
  }

  /** With AMX nothing is, and without it not where the arrays of float32 leave the cache. */
  private static boolean isFasterThanBfloat16(LayerPlan.Convolution plan, int images) {
    long bytes = images * (plan.input().size() + plan.output().size()) * Float.BYTES;
    return !OneDnn.has(dnnl.dnnl_cpu_isa_avx512_core_amx)
        && fewestChannels(plan) >= FEWEST_CHANNELS_INSTEAD_OF_BFLOAT16
        && bytes <= MOST_BYTES_INSTEAD_OF_BFLOAT16;
  }

  private static long fewestChannels(LayerPlan.Convolution plan) {
    return Math.min(plan.input().channels(), plan.output().channels());
  }
}
