package io.convoy.averaging;

import io.convoy.averaging.AveragedNumbers.Range;
import io.convoy.averaging.AveragedNumbers.SlicePlace;
import io.convoy.network.Network;
import io.convoy.network.PackedArray;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManagerId;

/**
 * The optimizer's state of each worker after one round, for workers that begin anew. The driver
 * keeps them among Spark's blocks, which go to its disk where its memory is full.
 *
 * @param broadcast whose blocks they are
 * @param place the driver
 * @param examples of each worker since all states were averaged
 */
record KeptStates(Broadcast<Integer> broadcast, BlockManagerId place, List<Long> examples)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Copies the list. */
  KeptStates {
    examples = List.copyOf(examples);
  }

  /**
   * Publishes a worker's state, in its process.
   *
   * @param blocks of the workers
   */
  static void publish(Network network, SliceBlocks blocks, int worker, List<BlockId> published) {
    Optional<AveragedNumbers> numbers = numbers(network);
    List<SlicePlace> parts = parts(numbers);
    for (int part = 0; part < parts.size(); part++) {
      BlockId id = blocks.kept(worker, part);
      SliceBlocks.publish(id, numbers.orElseThrow().read(parts.get(part)));
      published.add(id);
    }
  }

  /**
   * Takes the states that workers have published, on the driver.
   *
   * @param network of the driver
   * @param blocks of the workers
   * @param places of the workers
   * @param examples of each since all states were averaged
   * @return empty where one is gone
   */
  static Optional<KeptStates> take(
      JavaSparkContext context,
      Network network,
      SliceBlocks blocks,
      List<BlockManagerId> places,
      List<Long> examples) {
    Broadcast<Integer> broadcast = context.broadcast(places.size());
    SliceBlocks own = new SliceBlocks(broadcast.id());
    List<SlicePlace> parts = parts(numbers(network));
    for (int worker = 0; worker < places.size(); worker++) {
      for (int part = 0; part < parts.size(); part++) {
        Optional<byte[]> bytes =
            SliceBlocks.fetch(
                places.get(worker), blocks.kept(worker, part), new byte[parts.get(part).length()]);
        if (bytes.isEmpty()) {
          broadcast.destroy();
          return Optional.empty();
        }
        SliceBlocks.publish(own.kept(worker, part), bytes.get());
      }
    }
    BlockManagerId here = SparkEnv.get().blockManager().blockManagerId();
    return Optional.of(new KeptStates(broadcast, here, examples));
  }

  /** Has a worker's network go on from its state. */
  void restore(Network network, int worker) {
    SliceBlocks blocks = new SliceBlocks(broadcast.id());
    Optional<AveragedNumbers> numbers = numbers(network);
    List<SlicePlace> parts = parts(numbers);
    for (int part = 0; part < parts.size(); part++) {
      byte[] bytes =
          SliceBlocks.fetch(place, blocks.kept(worker, part), new byte[parts.get(part).length()])
              .orElseThrow(() -> new IllegalStateException("the driver's blocks are gone"));
      numbers.orElseThrow().write(parts.get(part), bytes);
    }
  }

  private static Optional<AveragedNumbers> numbers(Network network) {
    return network
        .updaterState()
        .map(
            state ->
                AveragedNumbers.of(
                    new PackedArray(state),
                    List.of(new Range(0, Math.toIntExact(state.length())))));
  }

  /** As small as those of one worker alone. */
  private static List<SlicePlace> parts(Optional<AveragedNumbers> numbers) {
    return numbers.map(all -> all.places(1)).orElse(List.of());
  }

  /** Lets Spark remove them. */
  void destroy() {
    broadcast.destroy();
  }
}
