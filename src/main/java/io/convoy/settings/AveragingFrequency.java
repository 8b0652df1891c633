package io.convoy.settings;

import com.typesafe.config.ConfigValueType;
import io.convoy.failure.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How many minibatches a worker trains between two averagings of the parameters, as stages of
 * epochs: often at first, while the workers' parameters part quickly, and rarely later.
 *
 * @param stages one or more, of rising epochs; the last lasts to the end
 */
public record AveragingFrequency(List<Stage> stages) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Where it is chosen epoch by epoch. */
  static final String AUTO = "auto";

  /** The fewest minibatches that are chosen, but while warming up or where workers part. */
  public static final int BASE = 4;

  private static final String UNTIL = "until-epoch";
  private static final String MINIBATCHES = "minibatches";
  private static final String REQUIREMENT =
      AUTO
          + ", a whole number of at least 1, or stages such as [{ until-epoch = 2, minibatches = 8 }, {"
          + " minibatches = 64 }]";

  /** {@link Stage#untilEpoch} of the last stage. */
  public static final int END = Integer.MAX_VALUE;

  /**
   * A part of the training.
   *
   * @param untilEpoch its last epoch, from 1; {@link #END} for the last stage
   * @param minibatches that a worker trains between two averagings, at least 1
   */
  public record Stage(int untilEpoch, int minibatches) implements Serializable {
    private static final long serialVersionUID = 1L;

    private String hocon() {
      String last = "minibatches = " + minibatches + " }";
      return untilEpoch == END ? "{ " + last : "{ until-epoch = " + untilEpoch + ", " + last;
    }
  }

  /** Copies the list, and refuses what no epoch could be found in. */
  public AveragingFrequency {
    stages = List.copyOf(stages);
    if (stages.isEmpty() || stages.get(stages.size() - 1).untilEpoch != END) {
      throw new IllegalArgumentException("the last stage must last to the end: " + stages);
    }
  }

  /** A frequency that is the same in every epoch. */
  public static AveragingFrequency always(int minibatches) {
    return new AveragingFrequency(List.of(new Stage(END, minibatches)));
  }

  /** Minibatches in an epoch, from 1. */
  public int minibatches(int epoch) {
    return stages.stream()
        .filter(stage -> epoch <= stage.untilEpoch)
        .findFirst()
        .orElseThrow()
        .minibatches;
  }

  /** Minibatches in the last stage, in which the most epochs are. */
  public int atLast() {
    return stages.get(stages.size() - 1).minibatches;
  }

  /** As {@link #read} reads it. */
  String hocon() {
    return stages.size() == 1
        ? Integer.toString(atLast())
        : stages.stream().map(Stage::hocon).collect(Collectors.joining(", ", "[", "]"));
  }

  /**
   * Reads {@code auto}, a number, or stages, such as {@code [{ until-epoch = 2, minibatches = 8 },
   * ...]}.
   */
  static Optional<AveragingFrequency> read(Entry entry) {
    if (entry.text().filter(AUTO::equals).isPresent()) {
      return Optional.empty();
    }
    if (entry.value().valueType() != ConfigValueType.LIST) {
      return Optional.of(always((int) entry.wholeNumber(REQUIREMENT, 1, Integer.MAX_VALUE)));
    }
    List<Entry> members = entry.list(REQUIREMENT);
    if (members.isEmpty()) {
      throw entry.mustBe(REQUIREMENT);
    }
    List<Stage> stages = new ArrayList<>();
    for (Entry member : members) {
      Section stage = member.section(member.name() + ".");
      stage.allow(List.of(UNTIL, MINIBATCHES));
      boolean last = stages.size() == members.size() - 1;
      int until = last ? end(stage) : stage.entry(UNTIL).integer(least(stages));
      stages.add(new Stage(until, stage.entry(MINIBATCHES).integer(1)));
    }
    return Optional.of(new AveragingFrequency(stages));
  }

  private static int least(List<Stage> before) {
    return before.isEmpty() ? 1 : before.get(before.size() - 1).untilEpoch() + 1;
  }

  private static int end(Section stage) {
    stage
        .optional(UNTIL)
        .ifPresent(
            entry -> {
              throw new UserException(
                  "%s%s: the last stage lasts to the end of training; leave it out there, or add a"
                      + " stage with minibatches alone.",
                  Place.of(entry.value().origin()), entry.name());
            });
    return END;
  }
}
