package io.convoy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
            Optional.of(file.toString()), Map.of(), List.of(), OptionalInt.empty(), Show.NOTHING);
    Context context = new Workplace(folder).contextWithoutSpark();
    assertEquals(17, SettingsFiles.resolve(source, context).settings().images().height());
  }
}
