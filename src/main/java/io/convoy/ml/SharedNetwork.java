package io.convoy.ml;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.convoy.network.Network;
import io.convoy.network.NetworkState;
import io.convoy.predict.PhotoScorer;
import io.convoy.predict.Scoring;
import java.io.Serializable;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A network on the executors, of which each has it once, and its tasks share the parameters. It
 * travels by Java's serialisation also where the session's is Kryo.
 */
@DefaultSerializer(JavaSerializer.class)
final class SharedNetwork implements Serializable {
  private static final long serialVersionUID = 1L;

  private final NetworkState state;

  /** Made where it arrives. */
  private transient ConcurrentLinkedDeque<PhotoScorer> idle;

  SharedNetwork(Network network) {
    this.state = NetworkState.ofParameters(network);
  }

  /** What scores photos in the calling task, to be closed there. */
  PhotoScorer scorer(Scoring scoring, int threads) {
    return scoring.scorer(state.shared(), threads);
  }

  /**
   * What scores photos one by one, which is to be put back: so each thread has its own, and none is
   * made for a single photo.
   *
   * @param scoring the same in all calls
   * @param threads of native arithmetic, the same in all calls
   */
  PhotoScorer take(Scoring scoring, int threads) {
    PhotoScorer scorer = idle().poll();
    return scorer == null ? scorer(scoring, threads) : scorer;
  }

  /** Puts back what was taken. */
  void putBack(PhotoScorer scorer) {
    idle().push(scorer);
  }

  private synchronized ConcurrentLinkedDeque<PhotoScorer> idle() {
    if (idle == null) {
      idle = new ConcurrentLinkedDeque<>();
    }
    return idle;
  }
}
