package io.convoy.train;

import io.convoy.model.GraphNetwork;
import io.convoy.model.LayersNetwork;
import io.convoy.model.Network;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;

/** DL4J's training on Spark of a network of either kind. */
interface SparkNetwork {
  /** Trains one averaging round; a partition of the paths is what a worker trains. */
  void fit(JavaRDD<String> paths, DataSetLoader loader);

  static SparkNetwork of(JavaSparkContext context, Network network, AveragingMaster master) {
    return network instanceof LayersNetwork layers
        ? new SparkDl4jMultiLayer(context, layers.dl4j(), master)::fitPaths
        : new SparkComputationGraph(context, ((GraphNetwork) network).dl4j(), master)::fitPaths;
  }
}
