package io.convoy.doctor;

import io.convoy.image.ImageLimits;
import io.convoy.image.ImageSize;
import io.convoy.image.PhotoDecoder;
import io.convoy.image.UnusableImageException;
import io.convoy.settings.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The native libraries: each is loaded, and has to give a result that is known. */
public final class NativesCheck {
  /** What helps where a library does not load. */
  static final String REMEDY =
      "use a convoy.jar built for this platform (Maven profiles), on a Linux with glibc; its natives"
          + " are unpacked below the home folder, or where -Dorg.bytedeco.javacpp.cachedir says,"
          + " which must be writable and not mounted noexec";

  private static final String FOLDER_REMEDY =
      "set JAVA_TOOL_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=DIR to a folder that can be written, with"
          + " room, and not mounted noexec";

  /** More than all libraries of one machine take. */
  private static final long LEAST_FREE = 1L << 28;

  /** 2 x 1 pixels, red and blue. */
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR4XmP4zwAE/wEHAAH/XrzY1gAAAABJRU5ErkJg"
          + "gg==";

  private static final byte[] PNG_PIXELS = {(byte) 255, 0, 0, 0, 0, (byte) 255};

  /** 8 x 8 pixels of one grey. */
  private static final String JPEG =
      "/9j/4AAQSkZJRgABAgAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwc"
          + "KDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAB//EABQQAQAAAAAA"
          + "AAAAAAAAAAAAAAD/2gAIAQEAAD8ASH//2Q==";

  private static final int GREY = 200;
  private static final int JPEG_TOLERANCE = 3;

  private NativesCheck() {}

  /** The folder that JavaCPP's libraries are unpacked into: by default below the home folder. */
  static CheckResult folder() {
    try {
      CheckResult result =
          TemporaryFolderCheck.of(Loader.getCacheDir().toPath().toAbsolutePath(), LEAST_FREE);
      return result.remedy().isEmpty() ? result : CheckResult.failed(result.found(), FOLDER_REMEDY);
    } catch (IOException e) {
      return CheckResult.failed("neither home nor temporary folder can be written", FOLDER_REMEDY);
    }
  }

  /**
   * What is in the way of unpacking libraries on this machine, JavaCPP's or those that go through
   * the temporary folder, and what helps; without a full stop.
   */
  public static Optional<String> obstacle() {
    CheckResult temporary =
        TemporaryFolderCheck.of(Path.of(System.getProperty("java.io.tmpdir")), LEAST_FREE);
    return Stream.of(
            folder(),
            temporary.remedy().isEmpty()
                ? temporary
                : CheckResult.failed(
                    temporary.found(),
                    "set TMPDIR to a folder that can be written, with room, and not mounted noexec"))
        .filter(result -> !result.remedy().isEmpty())
        .map(result -> result.found() + "; " + result.remedy())
        .findFirst();
  }

  /**
   * oneDNN, which computes the networks.
   *
   * @param obstacle why it cannot be used, if so
   * @param description version and instruction set
   * @param precisions that the processor computes natively
   * @param architecture of the machine, as Java names it
   */
  static CheckResult oneDnn(
      Optional<String> obstacle,
      Supplier<String> description,
      Supplier<Set<Precision>> precisions,
      String architecture) {
    if (obstacle.isEmpty()) {
      return CheckResult.ok(
          description.get()
              + ", computes in "
              + precisions.get().stream().map(Precision::key).collect(Collectors.joining(", ")));
    }
    // There is none for other machines, where DL4J's layers are meant to train.
    return "amd64".equals(architecture)
        ? CheckResult.failed("networks by DL4J's layers, slower: " + obstacle.get(), REMEDY)
        : CheckResult.ok("none for " + architecture + ": networks by DL4J's layers, slower");
  }

  /** OpenCV, which decodes the photos. */
  static CheckResult openCv() throws UnusableImageException {
    byte[] png = decode(PNG, new ImageSize(1, 2));
    byte[] jpeg = decode(JPEG, new ImageSize(8, 8));
    boolean grey = true;
    for (byte value : jpeg) {
      grey &= Math.abs(Byte.toUnsignedInt(value) - GREY) <= JPEG_TOLERANCE;
    }
    return Arrays.equals(png, PNG_PIXELS) && grey
        ? CheckResult.ok("decodes PNG and JPEG")
        : CheckResult.failed("decodes to other pixels than it should", REMEDY);
  }

  private static byte[] decode(String base64, ImageSize shape) throws UnusableImageException {
    return new PhotoDecoder(shape, new ImageLimits(64)).decode(Base64.getDecoder().decode(base64));
  }

  /** ND4J, which does the rest of the arithmetic. */
  static CheckResult nd4j() {
    INDArray matrix = Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}});
    INDArray square = Nd4j.createFromArray(new float[][] {{7, 10}, {15, 22}});
    Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
    String name = environment.get("backend") + " with " + environment.get("blas.vendor");
    return matrix.mmul(matrix).equals(square)
        ? CheckResult.ok(name)
        : CheckResult.failed(name + " multiplies wrongly", REMEDY);
  }
}
