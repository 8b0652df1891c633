package io.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.cli.Command.Existing;
import io.convoy.cli.Command.SettingsSource;
import io.convoy.cli.Command.Show;
import io.convoy.failure.UserException;
import io.convoy.settings.Precision;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  private static final SettingsSource DEFAULTS =
      new SettingsSource(List.of(), Map.of(), List.of(), OptionalInt.empty(), Show.NOTHING);

  private static final List<Command<?>> COMMANDS =
      List.of(
          SampleCommand.COMMAND,
          SurveyCommand.COMMAND,
          PrepareCommand.COMMAND,
          TrainCommand.COMMAND,
          RunCommand.COMMAND,
          ReportCommand.COMMAND,
          PredictCommand.COMMAND,
          FiltersCommand.COMMAND,
          BenchCommand.COMMAND,
          PlanCommand.COMMAND,
          SearchCommand.COMMAND,
          StudyCommand.COMMAND,
          DoctorCommand.COMMAND);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Optional<Object> parse(String words) {
    String[] arguments = words.isEmpty() ? new String[0] : words.split(" ");
    return new CommandLine<Object>(
            "submit/local",
            "1.2.3",
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            COMMANDS.stream().map(CommandLineTest::any).toList())
        .parse(arguments);
  }

  private static <T> Command<Object> any(Command<T> command) {
    return command.to(asked -> asked);
  }

  private String mistakeOf(String words) {
    String message = assertThrows(UserException.class, () -> parse(words)).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  private SettingsSource settingsOf(String words) {
    return ((RunCommand) parse("run --images i --out o " + words).orElseThrow()).settings();
  }

  @Test
  void helpMarksWhatIsRequiredAndHasAnExampleThatIsRight() {
    for (String command :
        "sample survey prepare train run predict report filters bench plan study doctor"
            .split(" ")) {
      out.reset();
      parse(command + " --help");
      String help = out.toString(StandardCharsets.UTF_8);
      String example = help.lines().filter(line -> line.startsWith("Example: ")).toList().get(0);
      assertTrue(parse(example.replace("Example: submit/local ", "")).isPresent(), example);
      assertEquals(
          command.equals("bench") || command.equals("doctor"), !help.contains("(required)"), help);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "run --images i --out o --lr 1, 'Unknown option --lr, it is a setting here,"
        + " architectures.NAME.optimizer.learning-rate'",
    "run --images i --out o --num_epochs 1, 'Unknown option --num_epochs, did you mean --epochs?'",
    "run --images i --out o --maxRejected 1,"
        + " 'Unknown option --maxRejected, did you mean --max-rejected?'",
    "run --data i --out o, 'Unknown option --data, did you mean --images?'",
    "train --images i --out o, 'Unknown option --images, did you mean --data?'",
    "run --images i --out o --gpu 1, 'Unknown option --gpu, convoy has no gpu;'",
  })
  void anOptionOfAnotherToolGetsOurs(String words, String answer) {
    String mistake = mistakeOf(words);
    assertTrue(mistake.contains(answer), mistake);
  }

  @Test
  void sampleHasDefaults() {
    assertEquals(
        Optional.of(new SampleCommand.Drawings("d", 2000, OptionalInt.empty(), 1, Existing.KEEP)),
        parse("sample --out d"));
  }

  @Test
  void sampleTakesAllItsOptions() {
    assertEquals(
        Optional.of(new SampleCommand.Drawings("d", 10, OptionalInt.of(5), -7, Existing.OVERWRITE)),
        parse("sample --out d --images 10 --classes 5 --seed -7 --overwrite"));
  }

  @Test
  void sampleDrawsAPhotoOfEachClassAtLeast() {
    String message = mistakeOf("sample --out d --images 99 --classes 100");
    assertTrue(message.startsWith("--images 99 does not do for --classes 100:"), message);
  }

  @Test
  void sampleTakesNoClassesForAnAugmentedPhoto() {
    String message = mistakeOf("sample --out d --augmented p --classes 5");
    assertTrue(message.startsWith("--classes does nothing with --augmented"), message);
  }

  @Test
  void sampleShowsWhatBecomesOfAPhoto() {
    assertEquals(
        Optional.of(new SampleCommand.Augmented("p", "d", 23, DEFAULTS, Existing.KEEP)),
        parse("sample --augmented p --out d"));
    SampleCommand.Augmented given =
        (SampleCommand.Augmented)
            parse(
                    "sample --augmented p --out d --images 5 --seed 7 --conf c --architectures a,b"
                        + " --overwrite")
                .orElseThrow();
    assertEquals(5, given.epochs());
    assertEquals(List.of("c"), given.settings().confs());
    assertEquals(Map.of("train.seed", "7"), given.settings().overrides());
    assertEquals(List.of("a", "b"), given.settings().architectures());
    assertEquals(Existing.OVERWRITE, given.existing());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--conf c", "--set a=b", "--show-conf", "--architectures a"})
  void sampleTakesSettingsOfAnAugmentedPhotoAlone(String option) {
    String message = mistakeOf("sample --out d " + option);
    assertTrue(message.startsWith(option.split(" ")[0] + " does nothing without --augm"), message);
  }

  @Test
  void surveyLooksIntoAThousandPhotos() {
    assertEquals(Optional.of(new SurveyCommand("i", 1000, DEFAULTS)), parse("survey --images i"));
  }

  @Test
  void prepareTakesImagesAndOut() {
    assertEquals(
        Optional.of(new PrepareCommand("i", "o", DEFAULTS, Existing.KEEP)),
        parse("prepare --images i --out o"));
  }

  @Test
  void trainTakesADataSetAndArchitectures() {
    SettingsSource settings =
        new SettingsSource(
            List.of(), Map.of(), List.of("mlp", "conv24"), OptionalInt.empty(), Show.NOTHING);
    assertEquals(
        Optional.of(new TrainCommand("d", "r", settings, Existing.KEEP)),
        parse("train --data d --out r --architectures mlp,conv24"));
  }

  @Test
  void trainAndRunTakeAModelToGoOnWith() {
    assertEquals(
        Optional.of(new TrainCommand("d", "r", DEFAULTS, Existing.KEEP, Optional.of("m"))),
        parse("train --data d --out r --from m"));
    assertEquals(
        Optional.of(
            new RunCommand(
                "i",
                "o",
                Optional.empty(),
                DEFAULTS,
                Existing.KEEP,
                Optional.of("m"),
                Optional.empty())),
        parse("run --images i --out o --from m"));
  }

  @Test
  void runTakesAFolderOfDataSets() {
    assertEquals(
        Optional.of(new RunCommand("i", "o", Optional.of("d"), DEFAULTS, Existing.OVERWRITE)),
        parse("run --images i --out o --datasets d --overwrite"));
  }

  @Test
  void reportTakesARun() {
    assertEquals(
        Optional.of(new ReportCommand(List.of("a"), Optional.empty())), parse("report --run a"));
  }

  @Test
  void reportTakesSeveralRunsInTheirOrderAndAFolder() {
    assertEquals(
        Optional.of(new ReportCommand(List.of("b", "a"), Optional.of("o"))),
        parse("report --run b --run a --out o"));
  }

  @Test
  void predictTakesAModelAndPhotos() {
    assertEquals(
        Optional.of(
            new PredictCommand(
                "m",
                "i",
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.of(Precision.FLOAT32),
                OptionalInt.empty(),
                DEFAULTS,
                Existing.KEEP)),
        parse("predict --model m --images i"));
  }

  @Test
  void predictExplainsSoManyPhotos() {
    assertEquals(OptionalInt.of(100), explained("--explain"));
    assertEquals(OptionalInt.of(7), explained("--explain --explain-limit 7"));
    assertEquals(OptionalInt.of(7), explained("--explain-limit 7"));
  }

  private OptionalInt explained(String options) {
    return ((PredictCommand) parse("predict --model m --images i --out o " + options).orElseThrow())
        .explained();
  }

  @Test
  void predictTakesAnOutputAThresholdAndAPrecision() {
    assertEquals(
        Optional.of(
            new PredictCommand(
                "m",
                "i",
                Optional.of("o"),
                OptionalDouble.of(0.25),
                Optional.empty(),
                OptionalInt.empty(),
                DEFAULTS,
                Existing.OVERWRITE)),
        parse(
            "predict --model m --images i --out o --threshold 0.25 --precision auto --overwrite"));
  }

  @Test
  void filtersTakesAPhotoAlone() {
    assertEquals(
        Optional.of(new FiltersCommand("p.jpg", Optional.empty(), "o", Existing.KEEP)),
        parse("filters --image p.jpg --out o"));
  }

  @Test
  void filtersTakesAModelAndOverwrites() {
    assertEquals(
        Optional.of(new FiltersCommand("p.jpg", Optional.of("m"), "o", Existing.OVERWRITE)),
        parse("filters --image p.jpg --model m --out o --overwrite"));
  }

  @Test
  void doctorChecksNoFileSystemUnlessAskedTo() {
    assertEquals(
        Optional.of(new DoctorCommand(Optional.empty(), Optional.empty(), DEFAULTS)),
        parse("doctor"));
  }

  @Test
  void doctorTakesImagesAndOut() {
    assertEquals(
        Optional.of(new DoctorCommand(Optional.of("i"), Optional.of("o"), DEFAULTS)),
        parse("doctor --images i --out o"));
  }

  @Test
  void planTakesACluster() {
    assertEquals(
        Optional.of(new PlanCommand(4, 8, OptionalInt.empty(), 10, DEFAULTS)),
        parse("plan --executors 4 --cores 8"));
  }

  @Test
  void planTakesImagesAndANetwork() {
    assertEquals(
        Optional.of(new PlanCommand(1, 1, OptionalInt.of(500), 2.5, DEFAULTS)),
        parse("plan --executors 1 --cores 1 --images 500 --network 2.5"));
  }

  @Test
  void studyTakesNumbersOfWorkersAndFrequencies() {
    assertEquals(
        Optional.of(
            new StudyCommand(
                "i", "o", List.of(1, 2, 4, 8), List.of(1, 5, 20), DEFAULTS, Existing.KEEP)),
        parse("study --images i --out o"));
    assertEquals(
        Optional.of(
            new StudyCommand("i", "o", List.of(2, 1), List.of(7), DEFAULTS, Existing.OVERWRITE)),
        parse("study --images i --out o --workers 2,1,2 --frequencies 7 --overwrite"));
  }

  @Test
  void searchTakesWhatRunDoesAndANumberOfTrials() {
    assertEquals(
        Optional.of(
            new SearchCommand(
                "i",
                Optional.of("l.csv"),
                "o",
                Optional.of("d"),
                new SettingsSource(
                    List.of("a.conf"),
                    Map.of("search.trials", "5"),
                    List.of("mlp"),
                    OptionalInt.empty(),
                    Show.NOTHING),
                Existing.RESUME)),
        parse(
            "search --images i --labels l.csv --out o --datasets d --conf a.conf --trials 5"
                + " --architectures mlp --resume"));
  }

  @Test
  void anOptionCanBeGivenWithAnEqualsSign() {
    assertEquals(List.of("my.conf"), settingsOf("--conf=my.conf").confs());
  }

  @Test
  void theLastOfAnOptionGivenTwiceCounts() {
    assertEquals(OptionalInt.of(4), settingsOf("--epochs 3 --epochs 4").epochs());
  }

  @Test
  void confFilesAreKeptInTheirOrder() {
    assertEquals(List.of("b", "a"), settingsOf("--conf b --conf=a").confs());
  }

  @Test
  void eachSetIsASetting() {
    assertEquals(
        Map.of("images.height", "16", "images.width", "20"),
        settingsOf("--set images.height=16 --set images.width=20").overrides());
  }

  @Test
  void aValueOfSetMayHoldAnEqualsSign() {
    assertEquals(
        Map.of("architectures.mlp.layers", "[{dense=2}]"),
        settingsOf("--set architectures.mlp.layers=[{dense=2}]").overrides());
  }

  @Test
  void seedAndMaxRejectedAreSettings() {
    assertEquals(
        Map.of("train.seed", "42", "images.max-rejected", "0.5"),
        settingsOf("--seed 42 --max-rejected 0.5").overrides());
  }

  @Test
  void epochsAndShowConfAreTakenOver() {
    SettingsSource settings = settingsOf("--epochs 3 --show-conf");
    assertEquals(OptionalInt.of(3), settings.epochs());
    assertEquals(Show.CONF, settings.show());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sample", "survey", "prepare", "train", "run", "predict", "report", "filters", "plan",
        "search", "study", "doctor"
      })
  void helpOfACommandGoesToStdoutThoughOptionsAreMissing(String command) {
    assertTrue(parse(command + " --help").isEmpty());
    assertTrue(out.toString(StandardCharsets.UTF_8).contains("Usage: submit/local " + command));
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help"})
  void helpListsTheCommands(String word) {
    assertTrue(parse(word).isEmpty());
    String text = out.toString(StandardCharsets.UTF_8);
    for (String command :
        List.of(
            "sample", "survey", "prepare", "train", "run", "predict", "report", "filters", "plan",
            "search", "study", "doctor")) {
      assertTrue(text.contains("\n  " + command + " "), command);
    }
  }

  @Test
  void versionIsPrinted() {
    assertTrue(parse("--version").isEmpty());
    assertEquals("convoy 1.2.3\n", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void noCommandIsAMistakeAndPrintsTheUsageToStderr() {
    mistakeOf("");
    assertEquals("", out.toString(StandardCharsets.UTF_8));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("Usage: submit/local <command>"));
  }

  @ParameterizedTest
  @CsvSource({"prepair,did you mean prepare?", "trian,did you mean train?"})
  void aMisspeltCommandIsAnsweredWithTheNearest(String word, String question) {
    assertTrue(mistakeOf(word).contains(question));
  }

  @Test
  void aMisspeltOptionIsAnsweredWithTheNearest() {
    String mistake = mistakeOf("run --images i --out o --architecture mlp");
    assertTrue(
        mistake.startsWith("Unknown option --architecture, did you mean --architectures?"),
        mistake);
  }

  @Test
  void allMissingOptionsAreNamedInOneLine() {
    String mistake = mistakeOf("train");
    assertTrue(mistake.contains("--data") && mistake.contains("--out"), mistake);
    assertTrue(mistake.contains("submit/local train --help"), mistake);
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "run --images i --out o --epochs 0,--epochs",
    "run --images i --out o --epochs many,--epochs",
    "run --images i --out o --seed x,--seed",
    "sample --out o --images 1,--images",
    "sample --out o --classes 1,--classes",
    "sample --out o --classes 1001,--classes",
    "sample --out o --images 99999999999,--images",
    "survey --images i --limit -1,--limit",
    "run --images i --out o --set images.height,--set images.height",
    "run --images i --out o --set =3,--set =3",
    "plan --executors 0 --cores 1,--executors",
    "plan --executors 1 --cores 1 --network 0,--network",
    "plan --executors 1 --cores 1 --network NaN,--network",
    "plan --executors 1 --cores 1 --network fast,--network",
    "'study --images i --out o --workers 1,0',--workers",
    "'study --images i --out o --frequencies 1,,2',--frequencies",
    "predict --model m --images i --threshold 1.5,--threshold",
    "predict --model m --images i --threshold NaN,--threshold",
    "run --images i --out o stray,stray",
    "run --images i --out,--out",
  })
  void aWrongValueIsNamed(String words, String named) {
    assertTrue(mistakeOf(words).contains(named), () -> mistakeOf(words));
  }

  @Test
  void aWrongNumberIsToldWhatWouldBeRight() {
    assertTrue(
        mistakeOf("run --images i --out o --epochs 0")
            .contains("It must be a whole number from 1 to 2147483647"));
  }
}
