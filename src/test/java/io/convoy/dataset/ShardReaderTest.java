package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards of a store that counts its requests. */
class ShardReaderTest {
  private static final String SHARD = "train-00000.u8";
  private static final int EXAMPLES = 20;

  @TempDir Path disk;
  private Examples local;

  @BeforeEach
  void writeExamples() {
    CountingFileSystem.register(new Configuration());
    local = SyntheticExamples.write(disk, Split.TRAIN, EXAMPLES, 3, 2);
  }

  private Examples inStore(List<String> hashes, long mostCopied) {
    Broadcast<Shards> files =
        SharedSpark.context()
            .broadcast(
                new Shards(
                    CountingFileSystem.uri(disk),
                    hashes,
                    mostCopied,
                    SharedSpark.context().hadoopConfiguration()));
    return Examples.of(files, Split.TRAIN, EXAMPLES, EXAMPLES, local.layout());
  }

  private Path shard() {
    return disk.resolve("pixels").resolve(SHARD);
  }

  private static byte[] read(Examples examples, int position) {
    byte[] record = new byte[examples.layout().recordBytes()];
    examples.read(position, record);
    return record;
  }

  private static List<String> all(Examples examples) {
    return IntStream.range(0, EXAMPLES)
        .map(i -> i * 7 % EXAMPLES)
        .mapToObj(position -> DigestUtils.sha256Hex(read(examples, position)))
        .toList();
  }

  @Test
  void allExamplesOfAShardAreReadByOneLookAndOneRequest() {
    Examples examples = inStore(null, Long.MAX_VALUE);

    assertEquals(all(local), all(examples));
    assertEquals(all(local), all(examples));

    assertEquals(Map.of(SHARD, 2), CountingFileSystem.requests(disk));
  }

  @Test
  void whatSparkDroppedFromMemoryFindsItsCopies() {
    Examples examples = inStore(null, Long.MAX_VALUE);
    all(examples);
    CountingFileSystem.requests(disk);
    Shards again = SerializationUtils.clone(examples.files().value());

    assertEquals(all(local), all(with(examples, again)));

    assertEquals(Map.of(), CountingFileSystem.requests(disk));
  }

  private static Examples with(Examples examples, Shards files) {
    return Examples.of(
        SharedSpark.context().broadcast(files), Split.TRAIN, EXAMPLES, EXAMPLES, examples.layout());
  }

  @Test
  void aShardBeyondWhatMayBeCopiedIsReadWhereItIs() throws IOException {
    Examples examples = inStore(null, Files.size(shard()) - 1);

    assertEquals(all(local), all(examples));

    assertTrue(CountingFileSystem.requests(disk).get(SHARD) > EXAMPLES);
  }

  @Test
  void aCopyOfAShardThatWasAlteredIsRefused() {
    Examples examples = inStore(List.of(SHARD + " " + "0".repeat(64)), Long.MAX_VALUE);

    assertTrue(refusal(examples).contains(SHARD + " was altered after it was prepared"));
    assertTrue(refusal(examples).contains(SHARD + " was altered after it was prepared"));
  }

  @Test
  void aLabelOfNoClassIsNamedWithItsExample() throws IOException {
    byte[] bytes = Files.readAllBytes(shard());
    bytes[0] = 7;
    Files.write(shard(), bytes);

    assertTrue(
        refusal(inStore(null, 0))
            .endsWith(
                SHARD
                    + ": its example 0 has the label 7, and there are 2 classes; prepare the data"
                    + " set again."));
  }

  private static String refusal(Examples examples) {
    return assertThrows(UserException.class, () -> read(examples, 0)).getMessage();
  }
}
