package io.convoy.doctor;

import java.nio.ByteBuffer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** The serializer that Spark is configured with. */
final class SparkCodec implements SerializerCheck.Codec {
  private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

  private final SerializerInstance serializer = here().newInstance();

  /** Java's, which convoy sets, where Spark does not start. */
  private static Serializer here() {
    SparkEnv environment = SparkEnv.get();
    return environment == null ? new JavaSerializer(new SparkConf()) : environment.serializer();
  }

  /** The simple name of its class. */
  static String name() {
    return here().getClass().getSimpleName();
  }

  @Override
  public byte[] write(Object object) {
    ByteBuffer buffer = serializer.serialize(object, ANY);
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  @Override
  public Object read(byte[] bytes) {
    return serializer.deserialize(
        ByteBuffer.wrap(bytes), Thread.currentThread().getContextClassLoader(), ANY);
  }
}
