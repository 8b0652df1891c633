package io.convoy.ml;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.convoy.engine.Natives;
import io.convoy.engine.Predictor;
import io.convoy.network.Network;
import io.convoy.network.NetworkState;
import java.io.Serializable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BiFunction;

/**
 * A network on the executors, of which each has it once, and its tasks share the parameters. It
 * travels by Java's serialisation also where the session's is Kryo.
 */
@DefaultSerializer(JavaSerializer.class)
final class SharedNetwork implements Serializable {
  private static final long serialVersionUID = 1L;

  private final NetworkState state;

  /** Made where it arrives; what is in it is freed with it by the garbage collection. */
  private transient ConcurrentLinkedDeque<Predictor> idle;

  SharedNetwork(Network network) {
    this.state = NetworkState.ofParameters(network);
  }

  /**
   * A predictor for the calling thread, which is to be put back. One is made only where all are in
   * use: making one and warming it up takes as long as a few dozen photos.
   *
   * @param threads of native arithmetic
   * @param maker makes one of the network; the same in all calls
   */
  Predictor take(int threads, BiFunction<Network, Integer, Predictor> maker) {
    Predictor predictor = idle().poll();
    if (predictor == null) {
      return maker.apply(state.shared(), threads);
    }
    Natives.useThreads(threads);
    return predictor;
  }

  /** Puts back what was taken. */
  void putBack(Predictor predictor) {
    idle().push(predictor);
  }

  private synchronized ConcurrentLinkedDeque<Predictor> idle() {
    if (idle == null) {
      idle = new ConcurrentLinkedDeque<>();
    }
    return idle;
  }
}
