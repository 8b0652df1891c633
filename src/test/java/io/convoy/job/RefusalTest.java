package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.PrepareCommand;
import io.convoy.cli.RunCommand;
import io.convoy.cli.TrainCommand;
import io.convoy.failure.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user can mend is told before Spark starts, and no input is ever deleted. */
class RefusalTest {
  @TempDir Path folder;
  private Workplace place;
  private Context context;

  @BeforeEach
  void twoPhotosOfEachClass() throws IOException {
    place = new Workplace(folder);
    context = place.contextWithoutSpark();
    Files.createDirectories(place.path("photos/cats"));
    Files.createDirectories(place.path("photos/dogs"));
    for (String photo : List.of("cats/1.jpg", "cats/2.jpg", "dogs/1.jpg", "dogs/2.jpg")) {
      Files.writeString(place.path("photos/" + photo), "not decoded here");
    }
  }

  private void refused(Executable command, String... told) {
    String message = assertThrows(UserException.class, command).getMessage();
    assertEquals(1, message.lines().count(), message);
    for (String part : told) {
      assertTrue(message.contains(part), message);
    }
    assertTrue(Files.exists(place.path("photos/cats/1.jpg")), "the input was deleted");
  }

  private Executable run(String images, String out, Existing existing) {
    return () ->
        new RunJob(context)
            .run(
                new RunCommand(
                    place.at(images),
                    place.at(out),
                    Optional.empty(),
                    Workplace.tinySettings(),
                    existing));
  }

  private Executable run(SettingsSource settings) {
    return () -> new RunJob(context).run(place.run("run", settings));
  }

  private Executable runWithDatasets(String datasets) {
    return () ->
        new RunJob(context)
            .run(
                new RunCommand(
                    place.at("photos"),
                    place.at("run"),
                    Optional.of(place.at(datasets)),
                    Workplace.tinySettings(),
                    Existing.OVERWRITE));
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    refused(run("fotos", "run", Existing.KEEP), "fotos", "no such folder", "--images");
  }

  @Test
  void aFolderWithoutImagesIsNamed() throws IOException {
    Files.createDirectory(place.path("empty"));
    refused(run("empty", "run", Existing.KEEP), "empty", "no image");
  }

  @Test
  void aFolderOfOneClassIsRefused() {
    refused(run("photos/cats", "run", Existing.KEEP), "photos/cats", "labelled dog");
  }

  @Test
  void anUnknownArchitectureIsAnsweredWithTheNearest() {
    refused(
        run(Workplace.settings(List.of(), List.of("conv42"))), "conv42", "did you mean conv24?");
  }

  @Test
  void anUnknownKeyIsAnsweredWithFileLineAndTheNearest() throws IOException {
    String conf = Files.writeString(place.path("my.conf"), "images {\n  heigth = 3\n}").toString();
    refused(
        run(Workplace.settings(List.of(conf), List.of())),
        "my.conf",
        "2",
        "heigth",
        "did you mean height?");
  }

  @Test
  void aConfFileThatIsNotThereIsNamed() {
    refused(run(Workplace.settings(List.of(place.at("my.conf")), List.of())), "my.conf", "--conf");
  }

  @Test
  void aFolderIsNoConfFile() {
    refused(run(Workplace.settings(List.of(place.at("photos")), List.of())), "photos", "--conf");
  }

  @Test
  void theLayerThatDoesNotFitIsNamed() {
    refused(run(Workplace.settings(Map.of("images.height", "2"))), "deep", "layer 1", "conv");
  }

  @ParameterizedTest
  @CsvSource({"best, pearson", "stop, '{metric=pearson, patience=2}'"})
  void aMetricThatOnlyTwoClassesHaveIsRefusedForThree(String key, String value) throws IOException {
    Files.createDirectories(place.path("photos/birds"));
    Files.writeString(place.path("photos/birds/1.jpg"), "not decoded here");
    Files.writeString(place.path("photos/birds/2.jpg"), "not decoded here");
    refused(
        run(
            Workplace.settings(
                Map.of("images.classes", "[bird, cat, dog]", "architectures.deep." + key, value))),
        "architectures.deep." + key,
        "is pearson, which only two classes have, and there are 3: give mse, loss, accuracy, auc.");
  }

  @Test
  void anOccupiedOutputIsRefusedWithTheOptionThatHelps() throws IOException {
    Files.createDirectory(place.path("run"));
    Files.writeString(place.path("run/notes.txt"), "mine");
    refused(run("photos", "run", Existing.KEEP), "not empty", "--overwrite");
    assertTrue(Files.exists(place.path("run/notes.txt")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"photos", "photos/cats", "", "photos/../photos"})
  void noOutputThatWouldDeleteTheInputIsOverwritten(String out) {
    refused(run("photos", out, Existing.OVERWRITE), "--out", "the input");
  }

  @Test
  void anInputBehindASymbolicLinkIsNotDeletedEither() throws IOException {
    Files.createSymbolicLink(place.path("link"), place.path("photos"));
    refused(run("link", "photos", Existing.OVERWRITE), "--out", "the input");
    refused(run("photos", "link", Existing.OVERWRITE), "--out", "the input");
  }

  @Test
  void prepareDoesNotOverwriteItsPhotosEvenWhereADataSetWasBegunThere() throws IOException {
    Files.writeString(place.path("photos/_unfinished"), "");
    refused(
        () ->
            new PrepareJob(context)
                .run(
                    new PrepareCommand(
                        place.at("photos"),
                        place.at("photos"),
                        Workplace.tinySettings(),
                        Existing.OVERWRITE)),
        "--out",
        "the input");
  }

  @ParameterizedTest
  @ValueSource(strings = {"photos", "photos/sets", "run", "run/sets"})
  void dataSetsAreKeptNeitherInThePhotosNorInTheOutput(String datasets) {
    refused(runWithDatasets(datasets), "--datasets", place.at(datasets));
  }

  @Test
  void anOutputNamedLikeTheDataSetsBesideItIsRefused() {
    refused(run("photos", "datasets", Existing.KEEP), "--datasets");
  }

  @Test
  void anOutputBelowAFileCannotBeMade() throws IOException {
    Files.writeString(place.path("file"), "");
    refused(run("photos", "file/run", Existing.KEEP), "file/run", "cannot be");
  }

  @Test
  void anOutputThatCannotBeWrittenIsNamed() {
    refused(
        () ->
            new RunJob(context)
                .run(
                    new RunCommand(
                        place.at("photos"),
                        "/proc/convoy",
                        Optional.of(place.at("sets")),
                        Workplace.tinySettings(),
                        Existing.KEEP)),
        "/proc/convoy",
        "cannot be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"photos", "nowhere", "photos/cats/1.jpg"})
  void trainRefusesWhatIsNoDataSet(String data) {
    refused(
        () ->
            new TrainJob(context)
                .run(
                    new TrainCommand(
                        place.at(data), place.at("run"), Workplace.tinySettings(), Existing.KEEP)),
        data,
        "prepare");
  }

  @Test
  void aSessionThatDoesNotOpenLeavesNoDataSet() {
    Context broken =
        place.context(
            () -> {
              throw new UserException("Spark does not start.");
            });
    refused(
        () ->
            new PrepareJob(broken)
                .run(
                    new PrepareCommand(
                        place.at("photos"),
                        place.at("set"),
                        Workplace.tinySettings(),
                        Existing.KEEP)),
        "Spark does not start.");
    assertFalse(Files.exists(place.path("set")));
  }
}
