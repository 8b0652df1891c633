package io.convoy.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Zeppelin 0.10.0 with its markdown interpreter, and none for Spark. */
final class ZeppelinServer implements AutoCloseable {
  private static final Path JARS = Path.of("target/servers/zeppelin");

  private final ServerProcess process;
  private final HttpClient client = HttpClient.newHttpClient();

  private ZeppelinServer(ServerProcess process) {
    this.process = process;
  }

  /** Whether its parts were fetched. */
  static boolean isHere() {
    return Files.isDirectory(JARS);
  }

  /**
   * Starts it with one note, a copy, as running a paragraph writes into the note.
   *
   * @param folder for its home and its log
   * @param note the file
   * @param id of the note
   */
  static ZeppelinServer start(Path folder, Path note, String id)
      throws IOException, InterruptedException {
    Path home = folder.resolve("zeppelin");
    Path notes = Files.createDirectories(home.resolve("notebook"));
    String name = note.getFileName().toString().replace(".zpln", "_" + id + ".zpln");
    Files.copy(note, notes.resolve(name));
    return new ZeppelinServer(
        ServerProcess.start(
            "ZeppelinMain.java",
            JARS + "/*",
            Map.of("ZEPPELIN_LOCAL_IP", "127.0.0.1"),
            folder.resolve("zeppelin.log"),
            home.toString(),
            JARS.toString()));
  }

  /** The answer to a GET below {@code /api/notebook}. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /** Runs a paragraph to its end. */
  JsonNode run(String note, String paragraph) throws IOException, InterruptedException {
    return send(request("/run/" + note + "/" + paragraph).POST(BodyPublishers.noBody()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(process.address() + "/api/notebook" + path));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    String answer = client.send(request.build(), BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(answer).path("body");
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
