package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.cli.PredictCommand;
import io.convoy.cli.SurveyCommand;
import io.convoy.settings.Precision;
import io.convoy.spark.SharedSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.StageInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

/** What Spark's pages show of the commands that use it. */
class SparkJobsTest {
  /** Spark's own names, as in {@code collect at Natives.java:29}. */
  private static final Pattern CALL_SITE = Pattern.compile("\\w+ at \\S+:\\d+");

  @TempDir static Path folder;
  private static final Names NAMES = new Names();

  private static final class Names extends SparkListener {
    private final List<String> descriptions = new CopyOnWriteArrayList<>();
    private final List<String> stages = new CopyOnWriteArrayList<>();

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      descriptions.add(start.properties().getProperty("spark.job.description", "none"));
      JavaConverters.seqAsJavaList(start.stageInfos()).stream()
          .map(StageInfo::name)
          .forEach(stages::add);
    }
  }

  @BeforeAll
  static void useEachCommand() throws TimeoutException {
    SparkContext context = SharedSpark.context().sc();
    context.addSparkListener(NAMES);
    Workplace place = new Workplace(folder).withPhotos().withBadPhoto("photos/cats/cat.99.jpg");
    Map<String, String> twoWorkers = Map.of("train.workers", "2", "images.max-rejected", "0.1");
    new SurveyJob(place.context())
        .run(new SurveyCommand(place.at("photos"), 5, Workplace.tinySettings()));
    new RunJob(place.context()).run(place.run("run", Workplace.settings(twoWorkers)));
    new PredictJob(place.context()).run(predict(place, "photos", "all"));
    new PredictJob(place.context()).run(predict(place, "photos/cats/cat.0.jpg", "one"));
    context.listenerBus().waitUntilEmpty();
  }

  private static PredictCommand predict(Workplace place, String images, String out) {
    SettingsSource none =
        new SettingsSource(List.of(), Map.of(), List.of(), OptionalInt.empty(), Show.NOTHING);
    return new PredictCommand(
        place.at("run/models/deep"),
        place.at(images),
        Optional.of(place.at(out)),
        OptionalDouble.empty(),
        Optional.of(Precision.FLOAT32),
        OptionalInt.of(2),
        none,
        Existing.KEEP);
  }

  @AfterAll
  static void listenNoMore() {
    SharedSpark.context().sc().removeSparkListener(NAMES);
  }

  @Test
  void eachJobSaysInWordsWhatItDoes() {
    assertTrue(NAMES.descriptions.size() > 10, NAMES.descriptions::toString);
    List<String> nameless =
        NAMES.descriptions.stream()
            .filter(name -> name.equals("none") || CALL_SITE.matcher(name).find())
            .toList();
    assertEquals(List.of(), nameless, NAMES.descriptions::toString);
  }

  @Test
  void noTwoJobsOfASurveySayTheSame() {
    List<String> survey =
        NAMES.descriptions.stream().filter(name -> name.startsWith("survey: ")).toList();
    assertTrue(survey.size() > 1, NAMES.descriptions::toString);
    assertEquals(survey.stream().distinct().toList(), survey);
  }

  @Test
  void eachStageSaysInWordsWhatItDoes() {
    List<String> nameless =
        NAMES.stages.stream().filter(name -> CALL_SITE.matcher(name).find()).toList();
    assertEquals(List.of(), nameless, NAMES.stages::toString);
  }
}
