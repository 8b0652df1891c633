package io.convoy.modelfile;

import io.convoy.network.PackedArray;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The format of {@code Nd4j.write} for a row of float32 numbers, [1, n], in blocks: ND4J itself
 * goes number by number.
 *
 * <p>First the shape, with a header, then the numbers, with a header, all big-endian.
 */
final class RowFormat {
  private static final int BLOCK = 1 << 20;
  private static final int LONGEST_SHAPE = 64;

  private final INDArray row;
  private final PackedArray packed;

  /**
   * @param row to write, or to read into
   */
  RowFormat(INDArray row) {
    this.row = row;
    this.packed = new PackedArray(row);
  }

  /** Writes the row. */
  void writeTo(OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    row.shapeInfoDataBuffer().write(data);
    new Header(row.data().allocationMode().name(), row.length(), row.dataType().name()).write(data);
    BytePointer bytes = packed.bytes();
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    for (long at = 0; at < bytes.capacity(); at += BLOCK) {
      IntBuffer numbers = numbers(bytes, at);
      block.asIntBuffer().put(numbers);
      data.write(block.array(), 0, numbers.capacity() * Integer.BYTES);
    }
    data.flush();
  }

  /**
   * Reads the row.
   *
   * @throws IOException also when the stream holds a row of another length or type, or anything
   *     behind it
   */
  void readFrom(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    check(data);
    BytePointer bytes = packed.bytes();
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    for (long at = 0; at < bytes.capacity(); at += BLOCK) {
      IntBuffer numbers = numbers(bytes, at);
      data.readFully(block.array(), 0, numbers.capacity() * Integer.BYTES);
      numbers.put(block.asIntBuffer().limit(numbers.capacity()));
    }
    if (data.read() != -1) {
      throw new IOException("more numbers than the header says");
    }
  }

  /**
   * Reads a row of float32 or float64 numbers; takes no memory before the length is known to be
   * right.
   *
   * @param length that it must have
   * @return float32 [1, length]
   * @throws IOException also when the stream holds a row of another length or type, or numbers that
   *     are not finite
   */
  static INDArray read(InputStream in, long length) throws IOException {
    DataInputStream data = new DataInputStream(in);
    Header shape = Header.read(data);
    if (shape.length() < 1 || shape.length() > LONGEST_SHAPE) {
      throw new IOException("not a row of numbers");
    }
    data.skipNBytes(shape.length() * Long.BYTES);
    Header numbers = Header.read(data);
    if (numbers.length() != length) {
      throw new IOException(
          "%d parameters, and its configuration implies %d".formatted(numbers.length(), length));
    }
    boolean doubles = numbers.type().equals(DataType.DOUBLE.name());
    if (!doubles && !numbers.type().equals(DataType.FLOAT.name())) {
      throw new IOException("parameters of type %s, not FLOAT".formatted(numbers.type()));
    }
    INDArray row = Nd4j.createUninitialized(DataType.FLOAT, 1, length);
    FloatBuffer target =
        new PackedArray(row).bytes().asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    int size = doubles ? Double.BYTES : Float.BYTES;
    while (target.hasRemaining()) {
      int bytes = Math.min(target.remaining(), BLOCK / size) * size;
      data.readFully(block.array(), 0, bytes);
      for (int at = 0; at < bytes; at += size) {
        float number = doubles ? (float) block.getDouble(at) : block.getFloat(at);
        if (!Float.isFinite(number)) {
          throw new IOException(
              "its network diverged in training: among its parameters is " + number);
        }
        target.put(number);
      }
    }
    if (data.read() != -1) {
      throw new IOException("more numbers than the header says");
    }
    return row;
  }

  /**
   * The numbers of a row of any length, one by one.
   *
   * @throws IOException also when the stream holds no row of float32 numbers
   */
  static DataInputStream numbers(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(new BufferedInputStream(in));
    data.skipNBytes(Header.read(data).length() * Long.BYTES);
    if (!Header.read(data).type().equals(DataType.FLOAT.name())) {
      throw new IOException("not a row of float32 numbers");
    }
    return data;
  }

  private void check(DataInputStream data) throws IOException {
    Header shape = Header.read(data);
    // As long as the row's own: of two dimensions.
    DataBuffer own = row.shapeInfoDataBuffer();
    if (!shape.type().equals(own.dataType().name()) || shape.length() != own.length()) {
      throw new IOException("not a row of numbers");
    }
    long[] description = new long[(int) own.length()];
    for (int i = 0; i < description.length; i++) {
      description[i] = data.readLong();
    }
    Header numbers = Header.read(data);
    long rows = description[1];
    long columns = description[2];
    boolean fits =
        rows == 1
            && columns == row.length()
            && numbers.length() == row.length()
            && numbers.type().equals(row.dataType().name());
    if (!fits) {
      throw new IOException(
          "[%d, %d] %s, and not [1, %d] %s"
              .formatted(rows, columns, numbers.type(), row.length(), row.dataType()));
    }
  }

  /** What stands before each of ND4J's buffers. */
  private record Header(String allocation, long length, String type) {
    static Header read(DataInputStream data) throws IOException {
      return new Header(data.readUTF(), data.readLong(), data.readUTF());
    }

    void write(DataOutputStream data) throws IOException {
      data.writeUTF(allocation);
      data.writeLong(length);
      data.writeUTF(type);
    }
  }

  /** The numbers of one block in native memory, taken for ints, whose bytes swap in bulk. */
  private static IntBuffer numbers(BytePointer bytes, long at) {
    return bytes
        .limit(Math.min(at + BLOCK, bytes.capacity()))
        .position(at)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder())
        .asIntBuffer();
  }
}
