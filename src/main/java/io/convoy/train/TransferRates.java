package io.convoy.train;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.SerializerInstance;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * How fast one core handles a network's state between driver and workers, measured with Spark's
 * serializer.
 *
 * @param receiving bytes of a broadcast a second that become arrays
 * @param averaging bytes of slices a second, of all workers together, that are read and averaged
 */
public record TransferRates(double receiving, double averaging) {
  private static final int TIMES = 5;
  private static final int WORKERS = 2;
  private static final double NANO = 1e-9;

  /** Measures, for less than a second; Spark's session is open. */
  public static TransferRates measure() {
    SerializerInstance serializer = SparkEnv.get().serializer().newInstance();
    PackedArray array = new PackedArray(Nd4j.create(DataType.FLOAT, Slice.BYTES / Float.BYTES));
    byte[] numbers = Slice.read(List.of(array), Slice.places(List.of(array)).get(0));
    ByteBuffer broadcast = write(serializer, array, PackedArray.class);
    ByteBuffer slice = write(serializer, new Slice(0, 1, numbers), Slice.class);
    double receiving = fastest(() -> read(serializer, broadcast, PackedArray.class));
    double averaging =
        fastest(
            () ->
                Slice.mean(
                    List.of(
                        read(serializer, slice, Slice.class),
                        read(serializer, slice, Slice.class))));
    return new TransferRates(Slice.BYTES / receiving, WORKERS * Slice.BYTES / averaging);
  }

  /** How many slices a worker's returned bytes are cut into, of one array. */
  public static int slices(long returnedBytes) {
    return (int) Math.max(1, (returnedBytes + Slice.BYTES - 1) / Slice.BYTES);
  }

  private static <T> ByteBuffer write(SerializerInstance serializer, T object, Class<T> type) {
    return serializer.serialize(object, tag(type));
  }

  private static <T> T read(SerializerInstance serializer, ByteBuffer bytes, Class<T> type) {
    return serializer.deserialize(bytes.duplicate(), tag(type));
  }

  private static <T> ClassTag<T> tag(Class<T> type) {
    return ClassTag$.MODULE$.apply(type);
  }

  private static double fastest(Runnable work) {
    double fastest = Double.MAX_VALUE;
    for (int i = 0; i < TIMES; i++) {
      long start = System.nanoTime();
      work.run();
      fastest = Math.min(fastest, (System.nanoTime() - start) * NANO);
    }
    return fastest;
  }
}
