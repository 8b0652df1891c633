package io.convoy.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import onnx.Onnx.TensorProto;

/** A constant of an ONNX graph: weights, or numbers that say how a node computes. */
record ForeignConstant(TensorProto proto) {
  /** That its numbers lie in another file: younger than the classes of the format here. */
  private static final int DATA_LOCATION_FIELD = 14;

  /** Younger than the classes of the format here too. */
  private static final int BFLOAT16 = 16;

  /** Why it cannot be used. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  /** Whether its numbers are in a file beside the ONNX file. */
  boolean isExternal() {
    return proto.getUnknownFields().getField(DATA_LOCATION_FIELD).getVarintList().stream()
        .anyMatch(location -> location != 0);
  }

  /** Its sizes, outermost first; none for a single number. */
  long[] sizes() {
    return proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
  }

  /** How many numbers it has. */
  long length() {
    return proto.getDimsList().stream().reduce(1L, Math::multiplyExact);
  }

  /**
   * Its numbers, the last size running fastest.
   *
   * @throws Unreadable if they are no floating-point numbers, or not here
   */
  float[] floats() throws Unreadable {
    int type = proto.getDataTypeValue();
    return switch (type) {
      case TensorProto.DataType.FLOAT_VALUE -> floats32();
      case TensorProto.DataType.DOUBLE_VALUE -> floats64();
      case TensorProto.DataType.FLOAT16_VALUE, BFLOAT16 -> floats16(type == BFLOAT16);
      default -> throw new Unreadable("is of type " + typeName() + ", not float");
    };
  }

  private String typeName() {
    TensorProto.DataType type = proto.getDataType();
    return type == TensorProto.DataType.UNRECOGNIZED
        ? "number " + proto.getDataTypeValue()
        : type.name().toLowerCase(Locale.ROOT);
  }

  private float[] floats32() throws Unreadable {
    float[] numbers = new float[count()];
    if (proto.getRawData().isEmpty()) {
      requireLength(proto.getFloatDataCount(), numbers.length);
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = proto.getFloatData(i);
      }
    } else {
      raw(numbers.length, Float.BYTES).asFloatBuffer().get(numbers);
    }
    return numbers;
  }

  private float[] floats64() throws Unreadable {
    float[] numbers = new float[count()];
    boolean listed = proto.getRawData().isEmpty();
    if (listed) {
      requireLength(proto.getDoubleDataCount(), numbers.length);
    }
    ByteBuffer raw = listed ? null : raw(numbers.length, Double.BYTES);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (listed ? proto.getDoubleData(i) : raw.getDouble());
    }
    return numbers;
  }

  private float[] floats16(boolean brain) throws Unreadable {
    float[] numbers = new float[count()];
    boolean listed = proto.getRawData().isEmpty();
    if (listed) {
      requireLength(proto.getInt32DataCount(), numbers.length);
    }
    ByteBuffer raw = listed ? null : raw(numbers.length, Short.BYTES);
    for (int i = 0; i < numbers.length; i++) {
      int bits = (listed ? proto.getInt32Data(i) : raw.getShort()) & 0xffff;
      numbers[i] = brain ? Float.intBitsToFloat(bits << 16) : half(bits);
    }
    return numbers;
  }

  /** A number of IEEE 754's binary16: a sign, 5 bits of exponent, 10 of fraction. */
  private static float half(int bits) {
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    float size =
        switch (exponent) {
          case 0 -> Math.scalb((float) fraction, -24);
          case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Math.scalb((float) (1024 + fraction), exponent - 25);
        };
    return bits >> 15 == 0 ? size : -size;
  }

  /**
   * Its numbers.
   *
   * @throws Unreadable if they are no whole ones, or not here
   */
  long[] integers() throws Unreadable {
    int count = count();
    boolean listed = proto.getRawData().isEmpty();
    long[] numbers = new long[count];
    switch (proto.getDataType()) {
      case INT64 -> {
        if (listed) {
          requireLength(proto.getInt64DataCount(), count);
          return proto.getInt64DataList().stream().mapToLong(Long::longValue).toArray();
        }
        raw(count, Long.BYTES).asLongBuffer().get(numbers);
      }
      case INT32 -> {
        List<Integer> list = proto.getInt32DataList();
        if (listed) {
          requireLength(list.size(), count);
        }
        ByteBuffer raw = listed ? null : raw(count, Integer.BYTES);
        for (int i = 0; i < count; i++) {
          numbers[i] = listed ? list.get(i) : raw.getInt();
        }
      }
      default -> throw new Unreadable("is of type " + typeName() + ", not a whole number");
    }
    return numbers;
  }

  private int count() throws Unreadable {
    if (isExternal()) {
      throw new Unreadable("lies in another file");
    }
    try {
      return Math.toIntExact(length());
    } catch (ArithmeticException e) {
      throw new Unreadable("is larger than memory could hold");
    }
  }

  private ByteBuffer raw(int count, int bytes) throws Unreadable {
    requireLength(proto.getRawData().size(), (long) count * bytes);
    return proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void requireLength(long there, long wanted) throws Unreadable {
    if (there != wanted) {
      throw new Unreadable("is damaged: it has %d of %d".formatted(there, wanted));
    }
  }
}
