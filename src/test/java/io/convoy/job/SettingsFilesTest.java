package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.failure.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFilesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"my conf", "a%20b", "a#b", "[a]", "it's", "$HOME", "a?b", "a{b}*"})
  void aConfFileIsReadWhateverItsFolderIsCalled(String name) throws IOException {
    Path file = Files.createDirectory(folder.resolve(name)).resolve(name + ".conf");
    Files.writeString(file, "images.height = 17\n");
    SettingsSource source =
        new SettingsSource(
            List.of(file.toString()), Map.of(), List.of(), OptionalInt.empty(), Show.NOTHING);
    Context context = new Workplace(folder).contextWithoutSpark();
    assertEquals(17, SettingsFiles.resolve(source, context).settings().images().height());
  }

  @Test
  void aBaseLiesWhereTheFileThatNamesItSays() throws IOException {
    Path nets = Files.createDirectory(folder.resolve("nets"));
    Files.writeString(folder.resolve("base.conf"), "images.height = 17\n");
    Path net = Files.writeString(nets.resolve("net.conf"), "based-on = ../base.conf\n");
    Context context = new Workplace(folder).contextWithoutSpark();
    SettingsSource source = Workplace.settings(List.of(net.toString()), List.of());
    assertEquals(17, SettingsFiles.resolve(source, context).settings().images().height());
    SettingsSource uri = Workplace.settings(List.of(net.toUri().toString()), List.of());
    assertEquals(17, SettingsFiles.resolve(uri, context).settings().images().height());
  }

  @Test
  void aMissingConfIsNamed() {
    Context context = new Workplace(folder).contextWithoutSpark();
    SettingsSource source = Workplace.settings(List.of("no.conf"), List.of());
    assertEquals(
        "no.conf: there is no such conf file; check --conf.",
        assertThrows(UserException.class, () -> SettingsFiles.resolve(source, context))
            .getMessage());
  }

  @Test
  void theMarkThatWindowsPutsBeforeATextIsNoPartOfTheFirstName() throws IOException {
    Path list = Files.writeString(folder.resolve("train.txt"), "\uFEFFcat.1\r\ncat.2\r\n");
    Context context = new Workplace(folder).contextWithoutSpark();
    assertEquals(List.of("cat.1", "cat.2"), SettingsFiles.lines(list.toString(), context).toList());
  }

  /** The folder that tests start in has no conf, but a file that is there. */
  @Test
  void whatTheLauncherSentIsLookedForByItsBareName() {
    Context context = new Workplace(folder).contextWithoutSpark();
    context.hadoop().setBoolean("convoy.confs.sent", true);
    SettingsSource source = Workplace.settings(List.of("file:/nowhere/pom.xml"), List.of());
    String message =
        assertThrows(UserException.class, () -> SettingsFiles.resolve(source, context))
            .getMessage();
    assertTrue(message.startsWith("file:/nowhere/pom.xml:1: not readable as HOCON"), message);
  }
}
