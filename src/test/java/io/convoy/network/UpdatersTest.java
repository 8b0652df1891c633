package io.convoy.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.settings.Optimizer;
import io.convoy.settings.Optimizers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpdatersTest {
  static List<Optimizer> optimizers() {
    return Optimizers.all();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void anOptimizerComesBackFromDl4jAsItWas(Optimizer optimizer) {
    assertEquals(Optional.of(optimizer), Updaters.optimizer(Updaters.of(optimizer)));
  }
}
