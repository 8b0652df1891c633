package io.convoy.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ClassMetricsTest {
  private static final double TOLERANCE = 1e-12;

  private static void assertMetrics(
      ClassMetrics actual,
      long images,
      double precision,
      double recall,
      double f1,
      double auc,
      double meanProbability) {
    assertEquals(images, actual.images());
    assertEquals(precision, actual.rates().precision(), TOLERANCE);
    assertEquals(recall, actual.rates().recall(), TOLERANCE);
    assertEquals(f1, actual.rates().f1(), TOLERANCE);
    assertEquals(auc, actual.auc(), TOLERANCE);
    assertEquals(meanProbability, actual.meanProbability(), TOLERANCE);
  }

  @Test
  void sevenClassesHaveTheFiguresOfScikitLearn() {
    List<ClassMetrics> classes = ClassMetrics.of(Samples.seven());

    assertMetrics(
        classes.get(0),
        16,
        0.8181818181818182,
        0.5625,
        0.6666666666666666,
        0.7900390625,
        0.2553291243966669);
    assertMetrics(
        classes.get(1),
        17,
        1,
        0.7058823529411765,
        0.8275862068965517,
        0.9061624649859944,
        0.32522113182965445);
    assertMetrics(
        classes.get(3),
        15,
        0.325,
        0.8666666666666667,
        0.4727272727272727,
        0.8687179487179487,
        0.3796412716309229);
    assertMetrics(classes.get(4), 15, 1, 0.6, 0.75, 0.8938461538461538, 0.294935425867637);
    assertMetrics(classes.get(6), 17, 0, 0, 0, 0.722689075630252, 0.03695875044692965);
  }

  @Test
  void aClassThatNoImageIsOfOrIsCalledHasNoFigures() {
    assertEquals(new ClassMetrics(2, 0, null, null, null), ClassMetrics.of(Samples.seven()).get(2));
  }

  @Test
  void aClassThatImagesAreOnlyCalledHasRatesOfZero() {
    assertEquals(
        new ClassMetrics(5, 0, new Rates(0, 0, 0), null, null),
        ClassMetrics.of(Samples.seven()).get(5));
  }

  @Test
  void twoClassesHaveTheFiguresOfScikitLearn() {
    List<ClassMetrics> classes = ClassMetrics.of(Samples.forty());

    assertMetrics(
        classes.get(0), 20, 0.8571428571428571, 0.9, 0.8780487804878049, 0.9375, 0.738499999511987);
    assertMetrics(
        classes.get(1),
        20,
        0.8947368421052632,
        0.85,
        0.8717948717948718,
        0.9375,
        0.7030000001192093);
  }

  @Test
  void theMeanOfTheClassesIsTheMacroMetric() {
    List<ClassMetrics> classes = ClassMetrics.of(Samples.seven());

    assertEquals(
        SplitMetrics.of(Samples.seven()).macro().f1(),
        classes.stream()
            .map(ClassMetrics::rates)
            .filter(rates -> rates != null)
            .mapToDouble(Rates::f1)
            .average()
            .orElseThrow(),
        TOLERANCE);
  }

  @Test
  void whatCannotBeMeasuredHasNoClasses() {
    assertEquals(List.of(), ClassMetrics.of(Samples.diverged()));
    assertEquals(List.of(), ClassMetrics.of(Predictions.none(3)));
  }
}
