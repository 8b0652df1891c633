package io.convoy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.doctor.SerializerCheck.Returned;
import io.convoy.spark.SharedSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

class SerializerCheckTest {
  private SparkCodec codec;

  @BeforeEach
  void sparksOwnSerializer() {
    SharedSpark.context();
    codec = new SparkCodec();
  }

  @Test
  void dataSetsComeBackUnchanged() {
    Returned returned = SerializerCheck.turn(codec, SerializerCheck.send(codec));
    assertEquals(
        CheckResult.ok("data sets come back unchanged, JavaSerializer"),
        SerializerCheck.of(codec, SparkCodec.name(), returned));
  }

  @Test
  void aDataSetThatArrivesChangedIsTold() {
    DataSet[] changed = SerializerCheck.sample();
    changed[1].getFeatures().putScalar(0, 7);
    Returned returned = SerializerCheck.turn(codec, codec.write(changed));
    assertEquals("a data set of float features arrives changed", returned.obstacle());
  }

  @Test
  void aDataSetThatChangesOnTheWayBackFailsTheCheck() {
    DataSet[] changed = SerializerCheck.sample();
    changed[0].getLabels().putScalar(0, 1);
    Returned returned = new Returned(codec.write(changed), "");
    String told =
        assertThrows(
                IllegalStateException.class,
                () -> SerializerCheck.of(codec, "JavaSerializer", returned))
            .getMessage();
    assertEquals("a data set of ubyte features arrives changed", told);
  }

  @Test
  void bytesThatAreNoObjectFail() {
    Returned returned = SerializerCheck.turn(codec, new byte[] {1, 2, 3});
    CheckResult result = SerializerCheck.of(codec, "JavaSerializer", returned);
    assertTrue(result.remedy().contains("spark.serializer"), result.remedy());
  }
}
