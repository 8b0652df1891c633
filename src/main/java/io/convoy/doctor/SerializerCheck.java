package io.convoy.doctor;

import java.io.Serializable;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's data sets through a serializer and back, with uint8 and with float features. */
final class SerializerCheck {
  /** What helps where a data set arrives changed or not at all. */
  static final String REMEDY =
      "leave spark.serializer to convoy, which sets Java's, and give all machines the same convoy.jar";

  private SerializerCheck() {}

  /** Makes bytes of objects, and objects of bytes. */
  interface Codec {
    byte[] write(Object object);

    Object read(byte[] bytes);
  }

  /** The data sets that travel: pixels as bytes, and the same as numbers. */
  static DataSet[] sample() {
    float[] values = new float[2 * 3 * 4 * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37) % 256;
    }
    INDArray pixels = Nd4j.createFromArray(values).reshape(2, 3, 4, 3);
    INDArray labels = Nd4j.createFromArray(new float[][] {{0}, {1}});
    return new DataSet[] {
      new DataSet(pixels.castTo(DataType.UINT8), labels), new DataSet(pixels.div(255), labels)
    };
  }

  /**
   * The sample back from another place.
   *
   * @param bytes as the other place wrote it
   * @param obstacle why it did not arrive there; empty where it did
   */
  record Returned(byte[] bytes, String obstacle) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** The sample as bytes; none where it cannot be made or written. */
  static byte[] send(Codec codec) {
    try {
      return codec.write(sample());
    } catch (Exception | LinkageError e) {
      return new byte[0];
    }
  }

  /** At the other place: reads what was sent, checks it, and writes it anew. */
  static Returned turn(Codec codec, byte[] sent) {
    if (sent.length == 0) {
      return new Returned(sent, "the driver cannot write a data set");
    }
    try {
      DataSet[] arrived = (DataSet[]) codec.read(sent);
      require(arrived);
      return new Returned(codec.write(arrived), "");
    } catch (Exception | LinkageError e) {
      // Exception: Spark throws checked ones that its signatures do not name.
      return new Returned(new byte[0], CheckResult.reason(e));
    }
  }

  /** Checks what came back. */
  static CheckResult of(Codec codec, String serializer, Returned returned) {
    if (!returned.obstacle().isEmpty()) {
      return CheckResult.failed(serializer + ": " + returned.obstacle(), REMEDY);
    }
    require((DataSet[]) codec.read(returned.bytes()));
    return CheckResult.ok("data sets come back unchanged, " + serializer);
  }

  private static void require(DataSet[] arrived) {
    DataSet[] wanted = sample();
    for (int i = 0; i < wanted.length; i++) {
      if (!same(arrived[i].getFeatures(), wanted[i].getFeatures())
          || !same(arrived[i].getLabels(), wanted[i].getLabels())) {
        throw new IllegalStateException(
            "a data set of "
                + wanted[i].getFeatures().dataType().toString().toLowerCase(Locale.ROOT)
                + " features arrives changed");
      }
    }
  }

  private static boolean same(INDArray one, INDArray other) {
    return one.dataType() == other.dataType()
        && one.equalShapes(other)
        && one.castTo(DataType.DOUBLE).equalsWithEps(other.castTo(DataType.DOUBLE), 0);
  }
}
