package io.convoy.dataset;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import io.convoy.spark.SharedSpark;
import io.convoy.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardsTest {
  private static final List<String> SHARDS =
      List.of("train-00000.u8", "validation-00000.u8", "test-00000.u8");

  @TempDir Path disk;
  private Storage dataset;

  @BeforeEach
  void writeShards() {
    for (Split split : Split.values()) {
      SyntheticExamples.write(disk, split, 4, 3, 2);
    }
    dataset = Preparation.storage(disk);
  }

  private Path shard(String name) {
    return disk.resolve("pixels").resolve(name);
  }

  private List<String> hashes() {
    return SHARDS.stream()
        .map(
            name -> {
              try {
                return name + " " + DigestUtils.sha256Hex(Files.readAllBytes(shard(name)));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .toList();
  }

  private static Manifest manifest(List<String> hashes, List<String> kept) {
    SplitCounts counts = new SplitCounts(4, List.of(2, 2), 1, 4);
    return new Manifest(
        Manifest.FORMAT,
        "id",
        DigestUtils.sha256Hex(String.join("\n", hashes)),
        "/photos",
        List.of("dog", "cat"),
        3,
        2,
        counts,
        counts,
        counts,
        0,
        0,
        "1.0",
        kept,
        null,
        null);
  }

  private void check(Manifest manifest) {
    Shards.requirePrepared(
        SharedSpark.context(),
        dataset,
        manifest,
        Shards.share(SharedSpark.context(), dataset.toString(), manifest.shardHashes()));
  }

  private String refusal(Manifest manifest) {
    Throwable thrown = assertThrows(Exception.class, () -> check(manifest));
    return ExceptionUtils.getThrowableList(thrown).stream()
        .filter(UserException.class::isInstance)
        .findFirst()
        .orElseThrow()
        .getMessage();
  }

  private void flipALabel(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(shard(name));
    bytes[0] = 7;
    Files.write(shard(name), bytes);
  }

  @Test
  void shardsAsTheyWerePreparedAreFine() {
    Manifest manifest = manifest(hashes(), hashes());
    assertDoesNotThrow(() -> check(manifest));
  }

  @Test
  void aShardWithAnotherLabelIsNamed() throws IOException {
    Manifest manifest = manifest(hashes(), hashes());
    flipALabel("validation-00000.u8");
    assertTrue(
        refusal(manifest)
            .endsWith(
                "validation-00000.u8 was altered after it was prepared; prepare the data set again,"
                    + " in another folder."));
  }

  @Test
  void aShardOfAStoreWithAnotherLabelIsNamed() throws IOException {
    CountingFileSystem.register(new Configuration());
    dataset = Storage.at(CountingFileSystem.uri(disk), SharedSpark.context().hadoopConfiguration());
    Manifest manifest = manifest(hashes(), hashes());
    assertDoesNotThrow(() -> check(manifest));
    flipALabel("test-00000.u8");
    assertTrue(refusal(manifest).contains("test-00000.u8 was altered after it was prepared"));
  }

  @Test
  void withoutAHashForEachShardTheDataSetIsNamed() throws IOException {
    Manifest manifest = manifest(hashes(), null);
    assertDoesNotThrow(() -> check(manifest));
    flipALabel("validation-00000.u8");
    assertTrue(refusal(manifest).contains("was altered after it was prepared"));
  }

  @Test
  void aShardThatIsCutShortOrMissingIsNamed() throws IOException {
    Manifest manifest = manifest(hashes(), hashes());
    Path shard = shard("test-00000.u8");
    Files.write(shard, Arrays.copyOf(Files.readAllBytes(shard), 30));
    assertTrue(refusal(manifest).contains("test-00000.u8 is shorter than the manifest says"));
    Files.delete(shard);
    assertTrue(refusal(manifest).contains("test-00000.u8 is missing"), refusal(manifest));
  }
}
