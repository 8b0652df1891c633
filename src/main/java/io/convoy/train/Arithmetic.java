package io.convoy.train;

import io.convoy.model.NetworkConfiguration;
import io.convoy.model.Shape;
import io.convoy.onednn.OneDnn;
import io.convoy.onednn.OneDnnNetwork;

/** What computes a network's passes. */
public enum Arithmetic {
  /** Convoy's passes by oneDNN. */
  ONEDNN,
  /** DL4J's own layers, several times slower: where oneDNN or a layer is missing. */
  DL4J;

  /** The fastest that computes this network on this machine. */
  static Arithmetic of(NetworkConfiguration network, Shape image) {
    return OneDnn.obstacle().isEmpty() && OneDnnNetwork.computes(network, image) ? ONEDNN : DL4J;
  }
}
