package io.convoy.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.convoy.settings.ClassWeights;
import io.convoy.settings.Recipe;
import io.convoy.settings.Recipes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class TargetsTest {
  private static Recipe recipe(double smoothing, ClassWeights weights) {
    return Recipes.plain().labelSmoothing(smoothing).classWeights(weights).recipe();
  }

  private static Minibatch minibatch(float... labels) {
    return new Minibatch(
        Nd4j.createUninitialized(DataType.UINT8, labels.length, 1, 1, 3),
        Nd4j.create(labels, new long[] {labels.length, 1}, 'c'));
  }

  @Test
  void aPlainRecipeLeavesTheLabelsAsTheyAre() {
    Minibatch minibatch = minibatch(0, 1, 1);
    DataSet data = Targets.of(Recipe.PLAIN, List.of(1, 2)).of(minibatch);
    assertSame(minibatch.labels(), data.getLabels());
    assertNull(data.getLabelsMaskArray());
    assertEquals(Targets.PLAIN, Targets.of(Recipe.PLAIN, List.of(1, 2)));
  }

  @Test
  void smoothingSpreadsItsShareOverTheClasses() {
    Targets targets = Targets.of(recipe(0.1, ClassWeights.NONE), List.of(1, 2));
    assertArrayEquals(
        new float[] {0.05f, 0.95f}, targets.of(minibatch(0, 1)).getLabels().toFloatVector(), 1e-6f);
  }

  @Test
  void balancedWeightsAreInverseToTheClassesAndOneInTheMean() {
    Targets targets = Targets.of(recipe(0, ClassWeights.BALANCED), List.of(30, 10));
    assertEquals(List.of(40 / 60.0, 2.0), targets.weights());
    assertEquals(40, 30 * targets.weights().get(0) + 10 * targets.weights().get(1), 1e-12);
  }

  @Test
  void anExampleCarriesTheWeightOfItsClassEvenWithASmoothedLabel() {
    Targets targets = Targets.of(recipe(0.2, ClassWeights.BALANCED), List.of(30, 10));
    DataSet data = targets.of(minibatch(1, 0, 1));
    assertArrayEquals(new float[] {2, 2 / 3f, 2}, data.getLabelsMaskArray().toFloatVector(), 1e-6f);
    assertArrayEquals(new float[] {0.9f, 0.1f, 0.9f}, data.getLabels().toFloatVector(), 1e-6f);
  }

  @Test
  void ofClassesThatAreBalancedAllExamplesCountAlike() {
    Targets targets = Targets.of(recipe(0, ClassWeights.BALANCED), List.of(7, 7));
    assertNull(targets.of(minibatch(0, 1)).getLabelsMaskArray());
  }

  @Test
  void aClassWithoutExamplesTakesNoPart() {
    Targets targets = Targets.of(recipe(0, ClassWeights.BALANCED), List.of(0, 7));
    assertEquals(List.of(1.0, 1.0), targets.weights());
  }

  private static Minibatch ofThree() {
    return new Minibatch(
        Nd4j.createUninitialized(DataType.UINT8, 2, 1, 1, 3),
        Nd4j.create(new float[] {0, 0, 1, 1, 0, 0}, new long[] {2, 3}, 'c'));
  }

  @Test
  void theClassesOfAMinibatchAreTheGreatestOfItsLabels() {
    assertArrayEquals(new int[] {2, 0}, ofThree().classes());
    assertArrayEquals(new int[] {0, 1, 1}, minibatch(0, 1, 1).classes());
  }

  @Test
  void smoothingSpreadsItsShareOverThreeClasses() {
    Targets targets = Targets.of(recipe(0.3, ClassWeights.NONE), List.of(1, 1, 2));
    INDArray labels = targets.of(ofThree()).getLabels();
    assertArrayEquals(
        new float[] {0.1f, 0.1f, 0.8f, 0.8f, 0.1f, 0.1f}, labels.data().asFloat(), 1e-6f);
    assertArrayEquals(new int[] {2, 0}, Minibatch.classes(labels));
  }

  @Test
  void anExampleOfThreeClassesCarriesTheWeightOfItsClass() {
    Targets targets = Targets.of(recipe(0.3, ClassWeights.BALANCED), List.of(10, 20, 30));
    assertArrayEquals(
        new float[] {2 / 3f, 2}, targets.of(ofThree()).getLabelsMaskArray().toFloatVector(), 1e-6f);
  }

  @Test
  void aMixedExampleWeighsWhatItsClassesDoByTheirShares() {
    Targets ofTwo = Targets.of(recipe(0, ClassWeights.BALANCED), List.of(30, 10));
    assertArrayEquals(
        new float[] {0.75f * 2 / 3 + 0.25f * 2},
        ofTwo.of(minibatch(0.25f)).getLabelsMaskArray().toFloatVector(),
        1e-6f);
    Targets ofMore = Targets.of(recipe(0, ClassWeights.BALANCED), List.of(10, 20, 30));
    Minibatch mixed =
        new Minibatch(
            Nd4j.createUninitialized(DataType.UINT8, 1, 1, 1, 3),
            Nd4j.create(new float[] {0.4f, 0, 0.6f}, new long[] {1, 3}, 'c'));
    assertArrayEquals(
        new float[] {0.4f * 2 + 0.6f * 2 / 3},
        ofMore.of(mixed).getLabelsMaskArray().toFloatVector(),
        1e-6f);
  }
}
