package io.convoy.engine;

import io.convoy.failure.UserException;
import io.convoy.network.NetworkConfiguration;
import io.convoy.network.Shape;
import io.convoy.onednn.OneDnnNetwork;
import io.convoy.settings.Precision;
import io.convoy.settings.RecipePrecision;
import java.util.List;
import java.util.Optional;

/**
 * The choice of a precision, for processors that may not compute all of them natively.
 *
 * @param wanted empty for bfloat16 where it can be had, else float32
 * @param name of the setting or the option that says so, for messages
 * @param executors that compute
 */
public record PrecisionChoice(Optional<Precision> wanted, String name, List<Natives> executors) {

  /**
   * The choice of a recipe, where it makes one.
   *
   * @param setting its name, for messages
   */
  public PrecisionChoice or(RecipePrecision recipe, String setting) {
    return recipe == RecipePrecision.OF_THE_RUN
        ? this
        : new PrecisionChoice(recipe.over(wanted), setting, executors);
  }

  /**
   * The precision of a network's passes.
   *
   * @param network that computes
   * @param image what goes in
   * @param called what users call the network
   * @throws UserException if one is wanted that cannot be had
   */
  public Precision of(NetworkConfiguration network, Shape image, String called) {
    Optional<String> obstacle = obstacle(network, image, called);
    if (wanted.isPresent()) {
      obstacle
          .filter(reason -> wanted.get() == Precision.BFLOAT16)
          .ifPresent(
              reason -> {
                throw new UserException(
                    "%s is bfloat16, but %s; set it to auto or float32.", name, reason);
              });
      return wanted.get();
    }
    return obstacle.isPresent() ? Precision.FLOAT32 : Precision.BFLOAT16;
  }

  /** Why bfloat16 cannot be had. */
  private Optional<String> obstacle(NetworkConfiguration network, Shape image, String called) {
    Optional<Natives> without =
        executors.stream()
            .filter(executor -> !executor.precisions().contains(Precision.BFLOAT16))
            .findFirst();
    if (without.isPresent()) {
      return Optional.of(
          "the processor of executor %s does not compute in it (%s)"
              .formatted(without.get().executor(), without.get().networks()));
    }
    return OneDnnNetwork.computes(network, image)
        ? Optional.empty()
        : Optional.of(called + " has layers that DL4J computes, in float32 alone");
  }
}
