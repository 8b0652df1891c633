package io.convoy.settings;

import com.typesafe.config.ConfigValueType;
import io.convoy.failure.UserException;
import io.convoy.settings.AveragingFrequency.Stage;
import java.util.ArrayList;
import java.util.List;

/** Reads a number, or stages, such as {@code [{ until-epoch = 2, minibatches = 8 }, ...]}. */
final class AveragingFrequencyReader {
  private static final String UNTIL = "until-epoch";
  private static final String MINIBATCHES = "minibatches";
  private static final String REQUIREMENT =
      "a whole number of at least 1, or stages such as [{ until-epoch = 2, minibatches = 8 }, {"
          + " minibatches = 64 }]";

  private AveragingFrequencyReader() {}

  static AveragingFrequency read(Entry entry) {
    if (entry.value().valueType() != ConfigValueType.LIST) {
      return AveragingFrequency.always((int) entry.wholeNumber(REQUIREMENT, 1, Integer.MAX_VALUE));
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
    return new AveragingFrequency(stages);
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
    return AveragingFrequency.END;
  }
}
