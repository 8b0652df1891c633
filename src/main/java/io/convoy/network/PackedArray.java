package io.convoy.network;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A contiguous float32 array that travels in blocks of bytes, without those that are 0 throughout,
 * as all of an optimizer's state is before the first step. ND4J's own serialisation goes number by
 * number, and took 6 seconds for the parameters and Adam's state of conv64-128.
 *
 * <p>The numbers are in the byte order of the machine, the same on all machines that ND4J runs on.
 */
public final class PackedArray implements Externalizable {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK = 1 << 20;

  private INDArray array;

  /** For deserialisation. */
  public PackedArray() {}

  public PackedArray(INDArray array) {
    if (array.dataType() != DataType.FLOAT || array.length() != array.data().length()) {
      throw new IllegalArgumentException("not a whole float32 array");
    }
    this.array = array;
  }

  /** The array itself, not a copy. */
  public INDArray array() {
    return array;
  }

  /** Its bytes in native memory; valid as long as the array is. */
  public BytePointer bytes() {
    return new BytePointer(array.data().addressPointer()).capacity(array.length() * Float.BYTES);
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    out.writeObject(array.shape());
    BytePointer bytes = bytes();
    byte[] block = new byte[BLOCK];
    byte[] zeros = new byte[BLOCK];
    for (long at = 0; at < bytes.capacity(); at += BLOCK) {
      int length = (int) Math.min(BLOCK, bytes.capacity() - at);
      bytes.position(at).get(block, 0, length);
      boolean isZero = Arrays.equals(block, 0, length, zeros, 0, length);
      out.writeBoolean(isZero);
      if (!isZero) {
        out.write(block, 0, length);
      }
    }
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
    array = Nd4j.createUninitialized(DataType.FLOAT, (long[]) in.readObject());
    BytePointer bytes = bytes();
    byte[] block = new byte[BLOCK];
    byte[] zeros = new byte[BLOCK];
    for (long at = 0; at < bytes.capacity(); at += BLOCK) {
      int length = (int) Math.min(BLOCK, bytes.capacity() - at);
      boolean isZero = in.readBoolean();
      if (!isZero) {
        in.readFully(block, 0, length);
      }
      bytes.position(at).put(isZero ? zeros : block, 0, length);
    }
  }
}
