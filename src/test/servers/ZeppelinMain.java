import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.apache.zeppelin.server.ZeppelinServer;

/**
 * Zeppelin without its web pages, which Maven Central has not. Prints {@code ready} and its address,
 * and ends when its stdin does.
 */
public final class ZeppelinMain {
  /** Zeppelin gives it -d DIR -c HOST -p PORT -r RANGE -i GROUP, and more. */
  private static final String INTERPRETER =
      """
      #!/bin/sh
      while getopts d:c:p:r:i:l:g:u: option; do
        case $option in d) d=$OPTARG ;; c) c=$OPTARG ;; p) p=$OPTARG ;; r) r=$OPTARG ;; i) i=$OPTARG ;; esac
      done
      exec '%s/bin/java' -Xmx128m -cp '%s/*' org.apache.zeppelin.interpreter.remote.RemoteInterpreterServer "$c" "$p" "$i" "$r"
      """;

  private ZeppelinMain() {}

  /**
   * The arguments are its folder, with notes in {@code notebook}, and the folder with the jars of the
   * server and of the Markdown interpreter.
   */
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]).toAbsolutePath();
    Path jars = Path.of(arguments[1]).toAbsolutePath();
    Path interpreters = home.resolve("interpreter");
    linkMarkdown(jars, Files.createDirectories(interpreters.resolve("md")));
    Path runner = home.resolve("interpreter.sh");
    Files.writeString(runner, INTERPRETER.formatted(System.getProperty("java.home"), jars));
    Files.setPosixFilePermissions(runner, PosixFilePermissions.fromString("rwx------"));
    int port = freePort();
    Map.of(
            "zeppelin.home", home.toString(),
            "zeppelin.conf.dir", Files.createDirectories(home.resolve("conf")).toString(),
            "zeppelin.war", emptyPages(home.resolve("war")),
            "zeppelin.angular.war", emptyPages(home.resolve("angular")),
            "zeppelin.notebook.dir", home.resolve("notebook").toString(),
            "zeppelin.interpreter.dir", interpreters.toString(),
            "zeppelin.interpreter.remoterunner", runner.toString(),
            "zeppelin.server.addr", "127.0.0.1",
            "zeppelin.server.port", Integer.toString(port))
        .forEach(System::setProperty);
    new Thread(ZeppelinMain::serve).start();
    String address = "http://127.0.0.1:" + port;
    while (!answers(address)) {
      Thread.sleep(100);
    }
    System.out.println("ready " + address);
    while (System.in.read() >= 0) {}
    System.exit(0);
  }

  private static void serve() {
    try {
      ZeppelinServer.main(new String[0]);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  /** Zeppelin finds an interpreter by the settings in its jar. */
  private static void linkMarkdown(Path jars, Path interpreter) throws IOException {
    try (var found = Files.newDirectoryStream(jars, "zeppelin-markdown-*.jar")) {
      for (Path jar : found) {
        Files.createSymbolicLink(interpreter.resolve(jar.getFileName()), jar);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String emptyPages(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("WEB-INF"));
    Files.writeString(folder.resolve("WEB-INF/web.xml"), "<web-app/>");
    return folder.toString();
  }

  private static boolean answers(String address) throws IOException {
    try {
      var connection =
          (HttpURLConnection) URI.create(address + "/api/version").toURL().openConnection();
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException notYet) {
      return false;
    }
  }
}
