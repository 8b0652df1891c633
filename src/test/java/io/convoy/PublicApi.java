package io.convoy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javassist.bytecode.AttributeInfo;
import javassist.bytecode.BootstrapMethodsAttribute;
import javassist.bytecode.ClassFile;
import javassist.bytecode.MethodInfo;
import javassist.bytecode.SourceFileAttribute;

/**
 * The classes that other programs are written against, without what is in their methods.
 *
 * @param classes the class files, by their names in a jar
 */
record PublicApi(SortedMap<String, byte[]> classes) {
  /** The packages that are public, and of others the classes. */
  static final List<String> PUBLIC =
      List.of("io.convoy", "io.convoy.ml", "io.convoy.failure.UserException");

  private static final Path COMPILED = Path.of("target/classes");

  /** The same in every jar. */
  private static final LocalDateTime MADE = LocalDateTime.of(2000, 1, 1, 0, 0);

  /** As they are compiled. */
  static PublicApi compiled() throws IOException {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(COMPILED.resolve("io/convoy"))) {
      for (Path file : files.filter(PublicApi::isPublic).toList()) {
        ClassFile type = read(Files.readAllBytes(file));
        if (Modifier.isPublic(type.getAccessFlags())) {
          classes.put(COMPILED.relativize(file).toString(), signatures(type));
        }
      }
    }
    return new PublicApi(classes);
  }

  private static boolean isPublic(Path file) {
    String path = COMPILED.relativize(file).toString();
    return path.endsWith(".class")
        && !path.endsWith("package-info.class")
        && isPublic(path.replaceFirst("\\.class$", "").replace('/', '.'));
  }

  /** Whether a class of that name belongs to it, if it is public itself. */
  static boolean isPublic(String className) {
    String outermost = className.replaceFirst("\\$.*", "");
    return PUBLIC.contains(outermost)
        || PUBLIC.contains(outermost.substring(0, outermost.lastIndexOf('.')));
  }

  private static ClassFile read(byte[] classFile) throws IOException {
    return new ClassFile(new DataInputStream(new ByteArrayInputStream(classFile)));
  }

  /** The class file without code, and without members that nobody outside can name. */
  private static byte[] signatures(ClassFile type) throws IOException {
    type.getMethods().removeIf(method -> isHidden(method.getAccessFlags()));
    type.getFields().removeIf(field -> isHidden(field.getAccessFlags()));
    for (MethodInfo method : type.getMethods()) {
      method.removeCodeAttribute();
    }
    List<AttributeInfo> kept = type.getAttributes();
    kept.removeIf(each -> each instanceof BootstrapMethodsAttribute);
    kept.removeIf(each -> each instanceof SourceFileAttribute);
    type.compact();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    type.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static boolean isHidden(int flags) {
    return !Modifier.isPublic(flags) && !Modifier.isProtected(flags);
  }

  /** Those of a jar. */
  static PublicApi read(Path jar) throws IOException {
    SortedMap<String, byte[]> classes = new TreeMap<>();
    try (InputStream in = Files.newInputStream(jar);
        ZipInputStream entries = new ZipInputStream(in)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        classes.put(entry.getName(), entries.readAllBytes());
      }
    }
    return new PublicApi(classes);
  }

  /** As a jar, the same bytes for the same classes. */
  byte[] jar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream entries = new ZipOutputStream(bytes)) {
      for (var each : classes.entrySet()) {
        ZipEntry entry = new ZipEntry(each.getKey());
        entry.setTimeLocal(MADE);
        entries.putNextEntry(entry);
        entries.write(each.getValue());
      }
    }
    return bytes.toByteArray();
  }

  /** The same without a method. */
  PublicApi without(Class<?> from, String method) throws IOException {
    SortedMap<String, byte[]> changed = new TreeMap<>(classes);
    String file = from.getName().replace('.', '/') + ".class";
    ClassFile type = read(classes.get(file));
    type.getMethods().removeIf(each -> each.getName().equals(method));
    changed.put(file, signatures(type));
    return new PublicApi(changed);
  }

  /** The classes, loaded. */
  List<Class<?>> loaded() throws ClassNotFoundException {
    List<Class<?>> loaded = new ArrayList<>();
    for (String file : classes.keySet()) {
      loaded.add(Class.forName(file.replaceFirst("\\.class$", "").replace('/', '.')));
    }
    return loaded;
  }
}
