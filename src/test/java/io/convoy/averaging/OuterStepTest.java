package io.convoy.averaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class OuterStepTest {
  @Test
  void theFirstStepGoesBeyondTheScaledMean() {
    float[] parameters = {1.5f, -2};
    float[] velocity = {0, 0};

    new OuterStep(0.5, 0.5).apply(new float[] {2, -2}, parameters, velocity, 2);

    // delta 0.5; velocity 0.5; 2 - 0.5 * (0.5 + 0.5 * 0.5) = 1.625
    assertArrayEquals(new float[] {1.625f, -2}, parameters);
    assertArrayEquals(new float[] {0.5f, 0}, velocity);
  }

  @Test
  void theSecondStepHasTheVelocityOfTheFirst() {
    float[] velocity = {0.5f};
    float[] parameters = {1.125f};

    new OuterStep(0.5, 0.5).apply(new float[] {1.625f}, parameters, velocity, 1);

    // delta 0.5; velocity 0.5 * 0.5 + 0.5 = 0.75; 1.625 - 0.5 * (0.5 + 0.5 * 0.75) = 1.1875
    assertArrayEquals(new float[] {1.1875f}, parameters);
    assertArrayEquals(new float[] {0.75f}, velocity);
  }

  @Test
  void theVelocityGoesOnWhereTheWorkersChangeNothing() {
    float[] parameters = {1};
    float[] velocity = {1};

    new OuterStep(0.5, 1).apply(new float[] {1}, parameters, velocity, 1);

    assertArrayEquals(new float[] {0.75f}, parameters);
    assertArrayEquals(new float[] {0.5f}, velocity);
  }

  @Test
  void withoutMomentumTheStepIsAShareOfTheChange() {
    float[] parameters = {0};
    float[] velocity = {7};

    new OuterStep(0, 0.75).apply(new float[] {4}, parameters, velocity, 1);

    assertArrayEquals(new float[] {1}, parameters);
    assertArrayEquals(new float[] {4}, velocity);
  }

  @Test
  void onlySoManyNumbersAreTouched() {
    float[] parameters = {0, 0};
    float[] velocity = {0, 0};

    new OuterStep(0, 0.5).apply(new float[] {4, 4}, parameters, velocity, 1);

    assertArrayEquals(new float[] {2, 0}, parameters);
    assertArrayEquals(new float[] {4, 0}, velocity);
  }
}
