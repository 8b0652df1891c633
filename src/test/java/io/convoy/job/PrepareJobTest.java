package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.PrepareCommand;
import io.convoy.failure.UserException;
import io.convoy.spark.SharedSpark;
import io.convoy.storage.FolderLock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two that prepare into one folder, where the other has it just before this one locks it. */
class PrepareJobTest {
  private static final String OTHER = "convoy.test.other-data-set";

  @TempDir static Path folder;

  @BeforeAll
  static void prepareWhatTheOtherWrites() {
    Workplace place = new Workplace(folder).withPhotos();
    prepare(place, place.at("same"), Map.of());
    prepare(place, place.at("different"), Map.of("images.height", "18"));
  }

  @Test
  void theDataSetThatAnotherHasPreparedMeanwhileIsUsed() throws IOException {
    Path manifest = folder.resolve("same/manifest.json");

    Workplace place = prepareAfter("same");

    assertTrue(place.err().contains("prepared already"), place.err());
    assertEquals(
        Files.readString(manifest), Files.readString(folder.resolve("after-same/manifest.json")));
  }

  @Test
  void anotherDataSetThatIsThereMeanwhileIsNotDeleted() {
    UserException e = assertThrows(UserException.class, () -> prepareAfter("different"));

    assertTrue(e.getMessage().contains("is not empty"), e.getMessage());
    assertTrue(Files.exists(folder.resolve("after-different/manifest.json")));
  }

  private static Workplace prepareAfter(String other) {
    Configuration hadoop = new Configuration(SharedSpark.context().hadoopConfiguration());
    hadoop.setClass("fs.contended.impl", ContendedFileSystem.class, FileSystem.class);
    hadoop.setBoolean("fs.contended.impl.disable.cache", true);
    hadoop.set(OTHER, folder.resolve(other).toString());
    Workplace place = new Workplace(folder, hadoop);
    prepare(place, "contended://" + folder.resolve("after-" + other), Map.of());
    return place;
  }

  private static void prepare(Workplace place, String out, Map<String, String> settings) {
    new PrepareJob(place.context())
        .run(
            new PrepareCommand(
                place.at("photos"), out, Workplace.settings(settings), Existing.KEEP));
  }

  /** The local disk, where a data set is finished by another just before the folder's lock is. */
  public static final class ContendedFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("contended:///");
    }

    @Override
    public String getScheme() {
      return "contended";
    }

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path path,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      if (path.getName().equals(FolderLock.FILE)) {
        Path other = Path.of(getConf().get(OTHER));
        try (var files = Files.list(other)) {
          List<Path> all = files.toList();
          for (Path file : all) {
            FileUtil.copy(
                file.toFile(),
                this,
                new org.apache.hadoop.fs.Path(path.getParent(), file.getFileName().toString()),
                false,
                getConf());
          }
        }
      }
      return super.create(path, overwrite, bufferSize, replication, blockSize, progress);
    }
  }
}
