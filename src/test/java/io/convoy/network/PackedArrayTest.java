package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PackedArrayTest {
  /** Of more than one block, and a part of another. */
  private static final int LENGTH = 300_000;

  @Test
  void anArrayArrivesAsItWasSent() throws Exception {
    INDArray sent = Nd4j.linspace(DataType.FLOAT, -1, 1e-5, LENGTH).reshape(1, LENGTH);

    assertEquals(sent, read(written(sent)));
  }

  @Test
  void anArrayOfZerosIsSentInFewBytes() throws Exception {
    INDArray zeros = Nd4j.zeros(DataType.FLOAT, 1, LENGTH);

    byte[] written = written(zeros);

    assertTrue(written.length < 1000, written.length + " bytes");
    assertEquals(zeros, read(written));
  }

  @Test
  void anArrayWhoseLastNumberAloneIsNotZeroArrivesWhole() throws Exception {
    INDArray sent = Nd4j.zeros(DataType.FLOAT, 1, LENGTH);
    sent.putScalar(LENGTH - 1, Float.MIN_VALUE);

    assertEquals(Float.MIN_VALUE, read(written(sent)).getFloat(LENGTH - 1));
  }

  @Test
  void aNegativeZeroKeepsItsSign() throws Exception {
    INDArray sent = Nd4j.zeros(DataType.FLOAT, 1, LENGTH);
    sent.putScalar(7, -0f);

    assertEquals(
        Float.floatToRawIntBits(-0f),
        Float.floatToRawIntBits(read(written(sent)).data().getFloat(7)));
  }

  private static byte[] written(INDArray array) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new PackedArray(array));
    }
    return bytes.toByteArray();
  }

  private static INDArray read(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return ((PackedArray) in.readObject()).array();
    }
  }
}
