package io.convoy.train;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A minibatch as the "path" that DL4J ships to a worker: the positions of its examples, such as
 * {@code 17,4,2048}. The pixels stay in the data set until the worker loads them.
 */
final class MinibatchPath {
  private MinibatchPath() {}

  static String of(int[] positions) {
    return Arrays.stream(positions).mapToObj(Integer::toString).collect(Collectors.joining(","));
  }

  static int[] positions(String path) {
    return Arrays.stream(path.split(",")).mapToInt(Integer::parseInt).toArray();
  }
}
