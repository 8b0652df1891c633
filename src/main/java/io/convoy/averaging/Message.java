package io.convoy.averaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import org.apache.commons.io.input.ClassLoaderObjectInputStream;
import org.apache.commons.lang3.SerializationUtils;

/**
 * What goes between the driver and a worker whose task trains one round after the other. Spark is
 * handed its bytes: where it reads messages itself, it looks for their classes among its own alone.
 */
interface Message extends Serializable {
  /** For {@link #of}. */
  default byte[] bytes() {
    return SerializationUtils.serialize(this);
  }

  /**
   * Reads a message.
   *
   * @param bytes of one of the kind
   */
  static <T extends Message> T of(byte[] bytes, Class<T> kind) {
    try (ObjectInputStream in =
        new ClassLoaderObjectInputStream(
            Message.class.getClassLoader(), new ByteArrayInputStream(bytes))) {
      return kind.cast(in.readObject());
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
