package io.convoy.settings;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * One network to compare and how it is trained.
 *
 * @param name {@code [A-Za-z0-9][A-Za-z0-9._-]*}, as it names a folder
 * @param base what its layers come behind
 * @param layers the hidden layers, no convolution or pooling after a dense layer; the output layer,
 *     one sigmoid unit, is implied
 * @param batch images a minibatch, at least 1
 * @param epochs passes over the training split, at least 1
 * @param recipe what else there is to its training
 */
public record Architecture(
    String name,
    Base base,
    List<Layer> layers,
    Loss loss,
    Optimizer optimizer,
    int batch,
    int epochs,
    Recipe recipe)
    implements Serializable {

  /** Refuses nulls and copies the list. */
  public Architecture {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(base, "base");
    layers = List.copyOf(layers);
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(recipe, "recipe");
  }

  /** Of new layers alone. */
  public Architecture(
      String name,
      List<Layer> layers,
      Loss loss,
      Optimizer optimizer,
      int batch,
      int epochs,
      Recipe recipe) {
    this(name, new Base.None(), layers, loss, optimizer, batch, epochs, recipe);
  }

  /** Of new layers alone, with the plain recipe. */
  public Architecture(
      String name, List<Layer> layers, Loss loss, Optimizer optimizer, int batch, int epochs) {
    this(name, layers, loss, optimizer, batch, epochs, Recipe.PLAIN);
  }
}
