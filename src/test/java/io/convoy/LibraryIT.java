package io.convoy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.pages.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project that has convoy as a dependency, and nothing else of this one: what the page of the
 * library tells to write into a pom, and its programs.
 */
class LibraryIT {
  private static final Page PAGE = Page.ofTheSite("library.md");
  private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");
  private static final int MOST_SECONDS = 240;

  @TempDir static Path folder;
  private static Program program;

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    program = new Program(folder);
    String photos = folder.resolve("flowers").toString();
    done(program.local("sample", "--out", photos, "--images", "120", "--classes", "3"));
    install();
    Path project = Files.createDirectories(folder.resolve("project/src/main/java")).getParent();
    project = project.getParent().getParent();
    Files.writeString(project.resolve("pom.xml"), pom());
    for (String text : PAGE.blocks("java").toList()) {
      Files.writeString(
          project.resolve("src/main/java").resolve(name(text) + ".java"),
          text.replace("/data/new", photos)
              .replace("/data/", folder + "/")
              .replace(", 64)", ", 24)"));
    }
    done(
        program
            .start(
                Map.of(),
                List.of(
                    Path.of(System.getProperty("maven.home"), "bin/mvn").toString(),
                    "-B",
                    "-q",
                    "-f",
                    project.toString(),
                    "-Dmaven.repo.local=" + folder.resolve("repository"),
                    "compile",
                    "dependency:build-classpath",
                    "-Dmdep.outputFile=" + folder.resolve("classpath")))
            .end(MOST_SECONDS));
  }

  /**
   * The thin jar and the pom, into a repository which has all else by links into that of the build.
   */
  private static void install() throws IOException {
    Path repository = Files.createDirectories(folder.resolve("repository"));
    Path all = Path.of(System.getProperty("maven.repo.local"));
    link(all, repository, "io");
    link(all.resolve("io"), Files.createDirectory(repository.resolve("io")), "convoy");
    Matcher version = VERSION.matcher(Files.readString(Path.of("pom.xml")));
    assertTrue(version.find());
    String name = "convoy-" + version.group(1);
    Path place =
        Files.createDirectories(repository.resolve("io/convoy/convoy").resolve(version.group(1)));
    Files.copy(Path.of("pom.xml"), place.resolve(name + ".pom"));
    Files.copy(Path.of(System.getProperty("convoy.thin.jar")), place.resolve(name + ".jar"));
  }

  private static void link(Path from, Path to, String except) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(each -> !each.endsWith(except)).toList()) {
        Files.createSymbolicLink(to.resolve(file.getFileName()), file.toAbsolutePath());
      }
    }
  }

  /** With the versions of Maven's plugins that the build has. */
  private static String pom() throws IOException {
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.example</groupId>
          <artifactId>flowers</artifactId>
          <version>1</version>
          <properties>
            <maven.compiler.release>17</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          %s
          <build><plugins>%s%s%s</plugins></build>
        </project>
        """
        .formatted(
            String.join("", PAGE.blocks("xml").toList()),
            plugin("maven-resources-plugin"),
            plugin("maven-compiler-plugin"),
            plugin("maven-dependency-plugin"));
  }

  private static String plugin(String name) throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>" + name + "</artifactId>\\s*" + VERSION)
            .matcher(Files.readString(Path.of("pom.xml")));
    assertTrue(version.find(), name);
    return "<plugin><artifactId>%s</artifactId><version>%s</version></plugin>"
        .formatted(name, version.group(1));
  }

  private static String name(String text) {
    Matcher name = CLASS.matcher(text);
    assertTrue(name.find(), text);
    return name.group(1);
  }

  private static Program.Ended run(String name, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("@conf/java17.options", "-Xmx1g", "-Dspark.master=local[2]"));
    command.addAll(List.of(options));
    String dependencies = Files.readString(folder.resolve("classpath"));
    command.addAll(
        List.of("-cp", folder.resolve("project/target/classes") + ":" + dependencies, name));
    return program.start(Map.of(), command).end(MOST_SECONDS);
  }

  private static void done(Program.Ended ended) {
    assertEquals(0, ended.status(), ended::toString);
  }

  @Test
  void aProgramTrainsAndPredicts() throws IOException, InterruptedException {
    Program.Ended ended = run("Flowers");

    done(ended);
    assertTrue(ended.out().contains(" photos to train on\n"), ended::toString);
    assertTrue(ended.out().contains(", rejected: 0\n"), ended::toString);
    assertTrue(ended.out().contains("|predicted_probability|"), ended::toString);
    assertTrue(ended.err().contains("train: will train mlp ("), ended::toString);
  }

  @Test
  void aProgramReadsTheTablesOfItsRun() throws IOException, InterruptedException {
    Program.Ended ended = run("Nightly");

    done(ended);
    assertTrue(ended.out().contains("|       small|    3|"), ended::toString);
  }

  @Test
  void aSessionInWhichNothingCanBeTrainedIsRefusedInOneLine()
      throws IOException, InterruptedException {
    Program.Ended ended =
        run("Nightly", "-Dspark.serializer=org.apache.spark.serializer.KryoSerializer");

    done(ended);
    assertTrue(
        ended
            .errLines()
            .contains(
                "The SparkSession has spark.serializer = org.apache.spark.serializer.KryoSerializer, in"
                    + " which ND4J's arrays do not arrive; make it with"
                    + " org.apache.spark.serializer.JavaSerializer."),
        ended::toString);
  }
}
