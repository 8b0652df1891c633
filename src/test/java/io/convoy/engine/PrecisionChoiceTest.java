package io.convoy.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.convoy.failure.UserException;
import io.convoy.network.NetworkBuilder;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Shape;
import io.convoy.settings.Activation;
import io.convoy.settings.Architecture;
import io.convoy.settings.Layer;
import io.convoy.settings.Loss;
import io.convoy.settings.Optimizer;
import io.convoy.settings.Precision;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrecisionChoiceTest {
  private static final Shape IMAGE = new Shape(3, 4, 4);
  private static final Natives NEW =
      executor("1", "oneDNN 2.5.2 (avx512_core_bf16)", Precision.FLOAT32, Precision.BFLOAT16);
  private static final Natives OLD = executor("2", "oneDNN 2.5.2 (avx2)", Precision.FLOAT32);

  @Test
  void autoIsBfloat16WhereEveryExecutorComputesInIt() {
    assertEquals(Precision.BFLOAT16, choice(Optional.empty(), NEW, NEW));
    assertEquals(Precision.FLOAT32, choice(Optional.empty(), NEW, OLD));
  }

  @Test
  void float32CanBeHadEverywhere() {
    assertEquals(Precision.FLOAT32, choice(Optional.of(Precision.FLOAT32), NEW, OLD));
  }

  @Test
  void bfloat16IsRefusedWithTheExecutorThatDoesNotComputeInIt() {
    UserException refusal =
        assertThrows(UserException.class, () -> choice(Optional.of(Precision.BFLOAT16), NEW, OLD));
    assertEquals(
        "train.precision is bfloat16, but the processor of executor 2 does not compute in it"
            + " (oneDNN 2.5.2 (avx2)); set it to auto or float32.",
        refusal.getMessage());
  }

  private static Precision choice(Optional<Precision> wanted, Natives... executors) {
    return new PrecisionChoice(wanted, "train.precision", List.of(executors))
        .of(network(), IMAGE, "architectures.mlp");
  }

  private static NetworkConfiguration network() {
    Architecture architecture =
        new Architecture(
            "mlp",
            List.of(new Layer.Dense(2, Activation.RELU)),
            Loss.CROSS_ENTROPY,
            new Optimizer.Sgd(0.1),
            4,
            1);
    return NetworkBuilder.configuration(architecture, 2, IMAGE.height(), IMAGE.width(), 1);
  }

  private static Natives executor(String name, String networks, Precision... precisions) {
    return new Natives(name, networks, "ND4J", 1, 1, List.of(precisions));
  }
}
