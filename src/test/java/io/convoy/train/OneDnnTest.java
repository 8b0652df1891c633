package io.convoy.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.convoy.spark.SharedSpark;
import java.util.List;
import org.deeplearning4j.nn.layers.mkldnn.BaseMKLDNNHelper;
import org.junit.jupiter.api.Test;

/** DL4J falls back to slow convolutions without a word; here it is said. */
class OneDnnTest {
  @Test
  void convolutionsUseOneDnnOnTheExecutors() {
    assumeTrue("amd64".equals(System.getProperty("os.arch")), "oneDNN is built in for x86_64");
    assertTrue(
        SharedSpark.context()
            .parallelize(List.of(1))
            .map(one -> BaseMKLDNNHelper.mklDnnEnabled())
            .first());
  }

  @Test
  void theSwitchForDl4jsHelpersIsOn() {
    SharedSpark.session();
    assertEquals("false", System.getProperty("org.eclipse.deeplearning4j.helpers.disable"));
  }
}
