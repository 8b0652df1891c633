package io.convoy.pages;

import io.convoy.dataset.DatasetTables;
import io.convoy.launch.Launched;
import io.convoy.program.Main;
import io.convoy.report.ClassTable;
import io.convoy.report.ComparisonTable;
import io.convoy.report.ConfusionTable;
import io.convoy.report.EpochTable;
import io.convoy.report.MetricsTable;
import io.convoy.report.PredictionTable;
import io.convoy.report.RepeatTable;
import io.convoy.report.RoundTable;
import io.convoy.report.StudyTable;
import io.convoy.report.ThresholdTable;
import io.convoy.report.TrialTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The parts of the pages that are made of the code: between comments that name them. */
final class GeneratedParts {
  private static final Pattern PART =
      Pattern.compile("(<!-- generated ([\\w-]+) -->\n)(.*?)(<!-- end -->)", Pattern.DOTALL);
  private static final Pattern ROW =
      Pattern.compile("^\\| (`.*?) \\| \\w+ \\| (.*?) ?\\|$", Pattern.MULTILINE);
  private static final Pattern COMMAND = Pattern.compile("^  (\\w+)  +\\S", Pattern.MULTILINE);
  private static final Pattern HEAD = Pattern.compile("^#!/bin/sh\n((?:#.*\n)+)");

  private static final List<String> CLASSES = List.of("dog", "cat");

  private GeneratedParts() {}

  /** The text of a page with its generated parts as they are to be. */
  static String renew(String text) {
    return PART.matcher(text)
        .replaceAll(
            part ->
                Matcher.quoteReplacement(
                    part.group(1) + of(part.group(2), part.group(3)) + part.group(4)));
  }

  private static String of(String name, String before) {
    return switch (name) {
      case "forecast" -> ForecastPart.text();
      case "settings" -> SettingsPart.of(lines(Path.of("conf/convoy.conf")));
      case "commands" -> commands();
      case "launchers" -> launchers();
      case "metrics" -> columns(new MetricsTable(CLASSES).of(List.of()).schema(), before);
      case "epochs" -> columns(new EpochTable(CLASSES).of(List.of()).schema(), before);
      case "rounds" -> columns(new RoundTable().of(Map.of()).schema(), before);
      case "thresholds" -> columns(new ThresholdTable(CLASSES).of(List.of()).schema(), before);
      case "comparisons" -> columns(new ComparisonTable().of(Map.of(), Map.of()).schema(), before);
      case "confusion" -> columns(new ConfusionTable(CLASSES).of(List.of()).schema(), before);
      case "class_metrics" -> columns(new ClassTable(CLASSES).of(List.of()).schema(), before);
      case "repeats" -> columns(new RepeatTable().of(List.of()).schema(), before);
      case "predictions" -> columns(new PredictionTable(CLASSES).schema(), before);
      case "rejected" -> columns(DatasetTables.REJECTED, before);
      case "study" -> columns(StudyTable.table(List.of()).schema(), before);
      case "trials" ->
          columns(new TrialTable(Collections.emptySortedMap()).of(List.of()).schema(), before);
      case "examples" -> columns(DatasetTables.EXAMPLES, before);
      default -> throw new AssertionError("nothing generates a part " + name);
    };
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }

  private static String commands() {
    String usage = help("--help");
    return block(usage)
        + COMMAND
            .matcher(usage)
            .results()
            .map((MatchResult command) -> command.group(1))
            .map(command -> "\n## " + command + "\n\n" + block(help(command, "--help")))
            .collect(Collectors.joining());
  }

  private static String help(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    Main.commandLine("submit/local", "", printed, printed).parse(arguments);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String launchers() {
    String yarn = "### yarn\n\n" + block(Launched.with("yarn-client", "--help").out());
    return yarn
        + Stream.of("local", "demo", "bench", "study", "cluster-local", "soak")
            .map(script -> "\n### " + script + "\n\n" + block(head(script)))
            .collect(Collectors.joining());
  }

  /** The comment at the head of a script, which is what it prints for {@code --help}. */
  private static String head(String script) {
    String text = String.join("\n", lines(Path.of("submit", script)));
    Matcher head = HEAD.matcher(text);
    if (!head.find()) {
      throw new AssertionError("submit/" + script + " does not begin with a comment");
    }
    return head.group(1)
        .lines()
        .map(line -> line.replaceFirst("^# ?", ""))
        .collect(Collectors.joining("\n"));
  }

  private static String block(String text) {
    return "```\n" + text.stripTrailing() + "\n```\n";
  }

  /** A row a column, with the meanings that were there before; those of two splits in one row. */
  private static String columns(StructType schema, String before) {
    Map<String, String> meanings =
        ROW.matcher(before)
            .results()
            .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
    List<String> names = Arrays.asList(schema.fieldNames());
    StringBuilder table = new StringBuilder("| column | type | meaning |\n|---|---|---|\n");
    for (StructField field : schema.fields()) {
      String test = field.name().replaceFirst("^validation_", "test_");
      String validation = field.name().replaceFirst("^test_", "validation_");
      if (!names.contains(validation) || validation.equals(field.name())) {
        boolean both = !test.equals(field.name()) && names.contains(test);
        String shown = "`" + field.name() + (both ? "`, `" + test : "") + "`";
        table.append(
            "| %s | %s | %s |\n"
                .formatted(shown, field.dataType().typeName(), meanings.getOrDefault(shown, "")));
      }
    }
    return table.toString();
  }
}
