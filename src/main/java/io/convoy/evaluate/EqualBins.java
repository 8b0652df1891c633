package io.convoy.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * The probabilities 0..1 in bins of one width. A probability on an edge is in the upper bin, 1 in
 * the last.
 */
record EqualBins(int count) {

  /** The images in each bin, by index; those without a probability are in none. */
  List<List<Integer>> images(BinaryPredictions predictions) {
    List<List<Integer>> bins = new ArrayList<>();
    for (int bin = 0; bin < count; bin++) {
      bins.add(new ArrayList<>());
    }
    for (int image = 0; image < predictions.images(); image++) {
      float probability = predictions.probabilities()[image];
      if (!Float.isNaN(probability)) {
        // In float32: as float64, 0.7f would be below the edge 0.7.
        bins.get(Math.min(count - 1, (int) (probability * count))).add(image);
      }
    }
    return bins;
  }

  double lower(int bin) {
    return (double) bin / count;
  }

  double upper(int bin) {
    return (double) (bin + 1) / count;
  }
}
