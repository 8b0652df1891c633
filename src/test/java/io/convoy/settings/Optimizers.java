package io.convoy.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One optimizer of each kind, for tests of what must be there for every kind. */
public final class Optimizers {
  private Optimizers() {}

  /** Fails where a kind has been added, but not here. */
  public static List<Optimizer> all() {
    List<Optimizer> all =
        List.of(
            new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8),
            new Optimizer.Nesterov(0.05, 0.9),
            new Optimizer.Sgd(0.1));
    assertEquals(
        Set.of(Optimizer.class.getPermittedSubclasses()),
        all.stream().map(Object::getClass).collect(Collectors.toSet()));
    return all;
  }
}
