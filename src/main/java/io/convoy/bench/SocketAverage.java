package io.convoy.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/**
 * The mean of two workers' parameters by the fewest bytes: each sends the other one half, takes the
 * mean of its own half, and sends that. By a socket between two threads, without Spark: what an
 * averaging round is worth.
 */
final class SocketAverage implements AutoCloseable {
  private static final int CHUNK = 8192;

  private final float[] first;
  private final float[] second;
  private final SocketChannel firstEnd;
  private final SocketChannel secondEnd;

  /**
   * @param first parameters of one worker, an even number of them
   * @param second those of the other, as many
   */
  SocketAverage(float[] first, float[] second) {
    this.first = first;
    this.second = second;
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      firstEnd = SocketChannel.open(server.getLocalAddress());
      secondEnd = server.accept();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One round. */
  void round() {
    int half = first.length / 2;
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              exchange(secondEnd, second, 0, half, 0.5f);
              exchange(secondEnd, second, half, 0, 0);
            });
    exchange(firstEnd, first, half, 0, 0.5f);
    exchange(firstEnd, first, 0, half, 0);
    other.join();
  }

  /**
   * Sends one half, and mixes what comes into the other.
   *
   * @param sent where the half begins that is sent
   * @param kept where the half begins that changes
   * @param share of its own numbers in what it becomes
   */
  private static void exchange(
      SocketChannel end, float[] numbers, int sent, int kept, float share) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(CHUNK * Float.BYTES);
    FloatBuffer floats = bytes.asFloatBuffer();
    float[] arrived = new float[CHUNK];
    int half = numbers.length / 2;
    try {
      for (int done = 0; done < half; done += CHUNK) {
        int count = Math.min(CHUNK, half - done);
        floats.clear().put(numbers, sent + done, count);
        bytes.clear().limit(count * Float.BYTES);
        while (bytes.hasRemaining()) {
          end.write(bytes);
        }
        bytes.flip();
        while (bytes.hasRemaining()) {
          if (end.read(bytes) < 0) {
            throw new IllegalStateException("the other worker has hung up");
          }
        }
        floats.clear().get(arrived, 0, count);
        int at = kept + done;
        for (int i = 0; i < count; i++) {
          numbers[at + i] = share * numbers[at + i] + (1 - share) * arrived[i];
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      firstEnd.close();
      secondEnd.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
