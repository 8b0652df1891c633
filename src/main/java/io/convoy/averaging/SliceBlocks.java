package io.convoy.averaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.io.IOUtils;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.shuffle.BlockFetchingListener;
import org.apache.spark.storage.BlockData;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.BroadcastBlockId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.io.ChunkedByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.reflect.ClassTag$;

/**
 * Slices that workers leave in Spark's block managers for one another and for the driver: as blocks
 * of a broadcast, with which Spark removes those that are left. Only who publishes them and who is
 * told of them knows that they are there: Spark's master would be asked for each.
 *
 * <p>The bytes are on the heap: of direct buffers Spark frees the memory when it removes a block,
 * though it be in use.
 *
 * @param broadcast its id
 */
record SliceBlocks(long broadcast) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SliceBlocks.class);

  /** Java copies all that is left of a buffer for each write to a socket, which takes a part. */
  private static final int CHUNK = 1 << 20;

  /** A worker's own numbers of a slice, after a round. */
  BlockId part(int round, int worker, int slice) {
    return id("part_%d_%d_%d".formatted(round, worker, slice));
  }

  /** A worker's own factors of the gradient by a dense layer's weights, after a round. */
  BlockId factors(int round, int worker, int layer) {
    return id("factors_%d_%d_%d".formatted(round, worker, layer));
  }

  /** The mean of a slice, after a round. */
  BlockId mean(int round, int slice) {
    return id("mean_%d_%d".formatted(round, slice));
  }

  /** A part of the optimizer's state that a worker keeps. */
  BlockId kept(int worker, int part) {
    return id("kept_%d_%d".formatted(worker, part));
  }

  private BlockId id(String name) {
    return new BroadcastBlockId(broadcast, name);
  }

  /**
   * Publishes a block of this process, in its memory or, without room there, on its disk.
   *
   * @param bytes not to be changed before the block is removed
   */
  static void publish(BlockId id, byte[] bytes) {
    List<ByteBuffer> chunks = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += CHUNK) {
      chunks.add(ByteBuffer.wrap(bytes, at, Math.min(CHUNK, bytes.length - at)).slice());
    }
    boolean isThere =
        SparkEnv.get()
            .blockManager()
            .putBytes(
                id,
                new ChunkedByteBuffer(chunks.toArray(ByteBuffer[]::new)),
                StorageLevel.MEMORY_AND_DISK_SER(),
                false,
                ClassTag$.MODULE$.apply(byte[].class));
    if (!isThere) {
      throw new IllegalStateException("Spark has no room for " + id);
    }
  }

  /** Removes a block of this process. */
  static void remove(BlockId id) {
    try {
      SparkEnv.get().blockManager().removeBlock(id, false);
    } catch (Exception e) {
      // Spark's Scala throws checked exceptions too, here where it removes the block itself.
      LOG.debug("{} is being removed already", id, e);
    }
  }

  /**
   * Fetches a block.
   *
   * @param place the process that published it
   * @param bytes receives its bytes, from the first on; at least as many
   * @return the same array; empty where the process or the block is gone
   */
  static Optional<byte[]> fetch(BlockManagerId place, BlockId id, byte[] bytes) {
    BlockManager here = SparkEnv.get().blockManager();
    if (place.equals(here.blockManagerId())) {
      return local(here, id, bytes);
    }
    Arrival arrival = new Arrival(bytes);
    try {
      here.blockTransferService()
          .fetchBlocks(
              place.host(),
              place.port(),
              place.executorId(),
              new String[] {id.name()},
              arrival,
              null);
      return Optional.of(arrival.done.get());
    } catch (Exception e) {
      // Spark's Scala throws checked exceptions too, which it does not declare.
      TaskContext task = TaskContext.get();
      if (task != null && task.isInterrupted()) {
        throw new TaskKilledException();
      }
      LOG.info("{} of {} cannot be fetched", id, place, e);
      return Optional.empty();
    } finally {
      arrival.end();
    }
  }

  /**
   * Takes a block where it is, in the buffers of Spark's network, once all of it is there. What
   * arrives when nobody waits any more is left there, as the array may have another use by then.
   */
  private record Arrival(byte[] bytes, CompletableFuture<byte[]> done)
      implements BlockFetchingListener {
    Arrival(byte[] bytes) {
      this(bytes, new CompletableFuture<>());
    }

    synchronized void end() {
      done.cancel(false);
    }

    @Override
    public synchronized void onBlockFetchSuccess(String name, ManagedBuffer data) {
      if (done.isDone()) {
        return;
      }
      try (InputStream in = data.createInputStream()) {
        IOUtils.readFully(in, bytes, 0, Math.toIntExact(data.size()));
        done.complete(bytes);
      } catch (IOException | RuntimeException e) {
        done.completeExceptionally(e);
      }
    }

    @Override
    public void onBlockFetchFailure(String name, Throwable exception) {
      done.completeExceptionally(exception);
    }
  }

  private static Optional<byte[]> local(BlockManager here, BlockId id, byte[] bytes) {
    Option<BlockData> data = here.getLocalBytes(id);
    if (data.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = data.get().toInputStream()) {
      IOUtils.readFully(in, bytes, 0, Math.toIntExact(data.get().size()));
      return Optional.of(bytes);
    } catch (IOException e) {
      LOG.info("{} cannot be read", id, e);
      return Optional.empty();
    } finally {
      here.releaseLock(id, Option.empty());
    }
  }
}
