package io.convoy.pages;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code convoy.conf} as Markdown: each setting with its default and what its comment says. */
final class SettingsPart {
  private static final String FENCE = "```\n";

  /** A key of an architecture, and the begin of what is said of it, further to the right. */
  private static final Pattern ENTRY = Pattern.compile("([a-z][a-z-]*) {2,}(\\S.*)");

  /** Code, an option, a sign in quotes, a list of names. */
  private static final Pattern VERBATIM =
      Pattern.compile("`[^`]*`|--[a-z-]+|'[^' ]+'|\\[[\\w\", -]+\\]");

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> path = new ArrayDeque<>();
  private final List<String> comment = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private List<String> said = List.of();
  private String title = "";

  private SettingsPart() {}

  static String of(List<String> conf) {
    return new SettingsPart().read(conf);
  }

  private String read(List<String> conf) {
    for (int i = 0; i < conf.size(); i++) {
      String line = conf.get(i).strip();
      if (line.equals("architectures {")) {
        int last = comment.lastIndexOf("");
        heading("architectures", comment.subList(0, last));
        heading("The networks that are there", comment.subList(last + 1, comment.size()));
        out.append(FENCE);
        conf.subList(i, conf.size()).forEach(each -> out.append(each).append('\n'));
        return out.append(FENCE).toString();
      }
      read(line);
    }
    throw new AssertionError("convoy.conf has no architectures");
  }

  private void read(String line) {
    if (line.startsWith("#")) {
      comment.add(line.substring(1).replaceFirst("^ ", ""));
    } else if (line.isEmpty() || line.equals("}")) {
      end();
      comment.clear();
      if (!line.isEmpty()) {
        path.removeLast();
      }
    } else if (line.endsWith("{")) {
      open(line.substring(0, line.length() - 1).strip());
    } else {
      add(line);
    }
  }

  private void open(String name) {
    end();
    if (path.isEmpty()) {
      heading(name, comment);
    } else {
      title = full(name);
      said = List.copyOf(comment);
    }
    comment.clear();
    path.addLast(name);
  }

  private void add(String line) {
    if (!comment.isEmpty()) {
      end();
      said = List.copyOf(comment);
      comment.clear();
    }
    values.add(full(line));
  }

  private String full(String name) {
    return path.isEmpty() ? name : String.join(".", path) + "." + name;
  }

  /** Ends what is said of one setting, or of several together. */
  private void end() {
    if (!values.isEmpty()) {
      heading(title.isEmpty() ? keys() : title, List.of());
      out.append(FENCE);
      values.forEach(value -> out.append(value).append('\n'));
      out.append(FENCE).append('\n').append(markdown(said));
    }
    title = "";
    values.clear();
  }

  private String keys() {
    return values.stream().map(value -> value.split(" ")[0]).collect(Collectors.joining(", "));
  }

  private void heading(String name, List<String> text) {
    out.append(path.isEmpty() ? "## " : "### ").append(name).append("\n\n").append(markdown(text));
  }

  private static String markdown(List<String> comment) {
    StringBuilder text = new StringBuilder();
    int base = 0;
    List<String> body = new ArrayList<>();
    for (String line : comment) {
      Matcher entry = ENTRY.matcher(line);
      if (entry.matches()) {
        text.append(paragraphs(body));
        body.clear();
        base = entry.start(2);
        text.append("### ").append(entry.group(1)).append("\n\n");
        body.add(capital(entry.group(2)));
      } else if (line.isBlank() || !line.startsWith(" ".repeat(base))) {
        text.append(paragraphs(body));
        body.clear();
        base = 0;
        body.add(line);
      } else {
        body.add(line.substring(base));
      }
    }
    return text.append(paragraphs(body)).toString();
  }

  private static String capital(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  /** Sentences, and between them examples, which are indented or begin with a brace. */
  private static String paragraphs(List<String> lines) {
    StringBuilder text = new StringBuilder();
    boolean inExample = false;
    boolean inSentence = false;
    for (String line : lines) {
      boolean example = line.startsWith("  ") || line.startsWith("{");
      if (inExample && !example) {
        text.append(FENCE).append('\n');
      } else if (inSentence && (example || line.isBlank())) {
        text.append('\n');
      }
      if (example) {
        text.append(inExample ? "" : FENCE).append(line.replaceFirst("^  ", "")).append('\n');
      } else if (!line.isBlank()) {
        text.append(escaped(line)).append('\n');
      }
      inExample = example;
      inSentence = !example && !line.isBlank();
    }
    return text.append(inExample ? FENCE + "\n" : inSentence ? "\n" : "").toString();
  }

  /** What is no sentence becomes code, which neither Markdown nor a printer's quotes change. */
  private static String escaped(String line) {
    return VERBATIM
        .matcher(line)
        .replaceAll(found -> Matcher.quoteReplacement(code(found.group())))
        .replace("|", "\\|");
  }

  private static String code(String word) {
    return word.startsWith("`") ? word : "`" + word.replace("'", "") + "`";
  }
}
