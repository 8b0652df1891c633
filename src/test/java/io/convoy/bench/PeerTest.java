package io.convoy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerTest {
  private static final String TABLE =
      "measure,network,unit,fast,slow\n"
          + "training_step,mlp,images/s,200.0,100.0\n"
          + "inference,mlp,images/s,30.5,40\n";

  @TempDir Path folder;

  private Peer read(String text) {
    Path file = folder.resolve("peer.csv");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Peer.read(Storage.at(file.toString(), new Configuration()));
  }

  private static Measurement step(String network) {
    return new Measurement("training_step", network, "images/s", 300, 1);
  }

  @Test
  void theRatesOfTheSameMeasureStandBesideOurs() {
    Peer peer = read(TABLE);
    assertEquals(List.of("fast", "slow"), peer.ways());
    assertEquals(List.of(200.0, 100.0), peer.rates(step("mlp")));
  }

  @Test
  void ourRateIsHeldAgainstTheBestOfItsWays() {
    assertEquals(1.5, read(TABLE).ratio(step("mlp")));
  }

  @Test
  void thereIsNothingBesideWhatThePeerHasNotMeasured() {
    Peer peer = read(TABLE);
    assertEquals(List.of(Double.NaN, Double.NaN), peer.rates(step("conv24")));
    assertEquals(Double.NaN, peer.ratio(step("conv24")));
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    Storage none = Storage.at(folder.resolve("none.csv").toString(), new Configuration());
    String told = assertThrows(UserException.class, () -> Peer.read(none)).getMessage();
    assertTrue(told.endsWith("none.csv: there is no such file; check --peer."), told);
  }

  @ParameterizedTest
  // A bar stands for the end of a line.
  @CsvSource(
      delimiter = ';',
      value = {
        "''; does not begin with the columns measure,network,unit",
        "measure,network,unit|; does not begin with the columns",
        "measure,network,ours,baseline|; does not begin with the columns",
        "measure,network,unit,a|x,y,z|; line 2: 3 cells, where the first line has 4",
        "measure,network,unit,a|x,y,z,fast|; line 2: a rate is no number",
      })
  void anotherTableIsRefused(String text, String reason) {
    String told =
        assertThrows(UserException.class, () -> read(text.replace('|', '\n'))).getMessage();
    assertTrue(told.contains(reason), told);
  }
}
