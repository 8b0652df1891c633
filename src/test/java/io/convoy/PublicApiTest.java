package io.convoy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.pages.Page;
import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.model.JApiBehavior;
import japicmp.model.JApiChangeStatus;
import japicmp.model.JApiClass;
import japicmp.model.JApiCompatibility;
import japicmp.model.JApiField;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What other programs are written against stays as it is, or is changed on purpose. */
class PublicApiTest {
  /** The public classes as they were promised. */
  private static final Path BASELINE = Path.of("src/test/api/baseline.jar");

  /** Promises the public classes as they are. */
  private static final String WRITE = "mvn -B -q test -Dtest=PublicApiTest -Dapi.write=true";

  private static final Pattern CLASS = Pattern.compile("[\\w.]+\\.[\\w$]+");

  @Test
  void nothingThatIsPublicIsRemovedOrChanged() throws IOException {
    PublicApi now = PublicApi.compiled();
    if (Boolean.getBoolean("api.write")) {
      Files.createDirectories(BASELINE.getParent());
      Files.write(BASELINE, now.jar());
    }
    assertEquals(
        List.of(),
        breaks(PublicApi.read(BASELINE), now),
        "programs that are written against convoy would break; keep the old beside the new, or, if"
            + " it must be, tell it in library.md and promise the new: "
            + WRITE);
  }

  @Test
  void aMethodThatIsRemovedIsFoundAndOneThatIsAddedIsFree() throws IOException {
    PublicApi now = PublicApi.compiled();
    PublicApi less = now.without(Convoy.class, "prepare");
    assertEquals(
        List.of("io.convoy.Convoy.prepare(SparkSession, String): METHOD_REMOVED"),
        breaks(now, less));
    assertEquals(List.of(), breaks(less, now));
  }

  /** What does not go on with the other, in words. */
  private static List<String> breaks(PublicApi before, PublicApi after) throws IOException {
    JarArchiveComparatorOptions options = new JarArchiveComparatorOptions();
    // The rooms behind the public classes are not in the jars.
    options
        .getIgnoreMissingClasses()
        .setIgnoreMissingClassRegularExpression(List.of(Pattern.compile("io\\.convoy\\..*")));
    options
        .getClassPathEntries()
        .addAll(
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .toList());
    List<String> found = new ArrayList<>();
    for (JApiClass type :
        new JarArchiveComparator(options).compare(archive(before), archive(after))) {
      if (type.getChangeStatus() == JApiChangeStatus.NEW) {
        continue;
      }
      String name = type.getFullyQualifiedName();
      add(found, name, type);
      add(found, name, type.getSuperclass());
      type.getInterfaces().forEach(each -> add(found, name, each));
      for (JApiField field : type.getFields()) {
        add(found, name + "." + field.getName(), field);
      }
      Stream.<JApiBehavior>concat(type.getConstructors().stream(), type.getMethods().stream())
          .forEach(each -> add(found, name + "." + signature(each), each));
    }
    return found;
  }

  private static JApiCmpArchive archive(PublicApi api) throws IOException {
    return new JApiCmpArchive(api.jar(), "convoy", "1");
  }

  private static String signature(JApiBehavior method) {
    return method.getParameters().stream()
        .map(each -> each.getType().replaceFirst(".*\\.", ""))
        .collect(Collectors.joining(", ", method.getName() + "(", ")"));
  }

  private static void add(List<String> found, String what, JApiCompatibility change) {
    change.getCompatibilityChanges().stream()
        .filter(each -> !each.isBinaryCompatible() || !each.isSourceCompatible())
        .map(each -> what + ": " + each.getType())
        .forEach(found::add);
  }

  @Test
  void nothingPublicNamesWhatIsNot() throws IOException, ClassNotFoundException {
    Set<String> inner = new TreeSet<>();
    for (Class<?> type : PublicApi.compiled().loaded()) {
      Stream<Executable> members =
          Stream.concat(
              Stream.<Constructor<?>>of(type.getDeclaredConstructors()),
              Stream.<Method>of(type.getDeclaredMethods()));
      members
          .filter(
              each ->
                  Modifier.isPublic(each.getModifiers())
                      || Modifier.isProtected(each.getModifiers()))
          .filter(each -> !each.isSynthetic())
          .flatMap(each -> CLASS.matcher(each.toGenericString()).results())
          .map(each -> each.group())
          .filter(each -> each.startsWith("io.convoy.") && !isMember(each))
          .forEach(each -> inner.add(type.getName() + ": " + each));
    }
    assertEquals(Set.of(), inner);
  }

  /** Public, or the name of a public class's member. */
  private static boolean isMember(String name) {
    return PublicApi.isPublic(name) || PublicApi.isPublic(name.substring(0, name.lastIndexOf('.')));
  }

  @Test
  void theReadmeAndThePageNameWhatIsPublic() throws IOException {
    for (String page : List.of("README.md", "src/site/markdown/library.md")) {
      String text = Files.readString(Path.of(page));
      for (String name : PublicApi.PUBLIC) {
        assertTrue(text.contains("`" + name + "`"), page + " does not name " + name);
      }
    }
  }

  @Test
  void developersAreToldTheCommandThatPromisesAnew() throws IOException {
    assertTrue(Page.all().stream().flatMap(Page::commands).anyMatch(WRITE::equals));
  }
}
