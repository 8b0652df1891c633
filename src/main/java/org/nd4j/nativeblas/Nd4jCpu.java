package org.nd4j.nativeblas;

/**
 * Answers a question that DL4J asks of a class that has moved, so that its oneDNN layers work.
 *
 * <p>{@code BaseMKLDNNHelper.mklDnnEnabled()} of DL4J 1.0.0-M2 looks by reflection for this class,
 * which is {@code org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu} since that release; it swallows
 * the failure, and every convolution falls back to im2col without a word. M2.1 has the same defect.
 * This class can go when DL4J looks in the right place.
 */
public final class Nd4jCpu {
  private Nd4jCpu() {}

  /** The part of ND4J's native environment that DL4J asks for. */
  public static final class Environment {
    private static final Environment INSTANCE = new Environment();

    private Environment() {}

    /** Called by DL4J through reflection. */
    public static Environment getInstance() {
      return INSTANCE;
    }

    /** Whether the native library was built with oneDNN and uses it. Called through reflection. */
    public boolean isUseMKLDNN() {
      return org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu.Environment.getInstance().isUseONEDNN();
    }
  }
}
