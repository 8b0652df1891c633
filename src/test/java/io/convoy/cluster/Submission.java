package io.convoy.cluster;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.convoy.Program;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A run of the job jar on a cluster.
 *
 * @param driver spark-submit, which is the driver where it does not run on the cluster
 * @param log the file of the driver's log, once there is one
 * @param port of the driver's web page
 */
public record Submission(Program.Started driver, Path log, int port) {
  private static final int MOST_SECONDS = 400;

  /** Waits for its end, 400 seconds at most. */
  public Program.Ended end() throws IOException, InterruptedException {
    return driver.end(MOST_SECONDS);
  }

  /** What the driver has logged. */
  public String logged() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** The descriptions of the Spark jobs that run now; none before the driver answers. */
  public List<String> runningJobs() throws IOException {
    List<String> descriptions = new ArrayList<>();
    for (JsonNode application : rest("applications")) {
      String jobs = "applications/" + application.path("id").asText() + "/jobs?status=running";
      for (JsonNode job : rest(jobs)) {
        descriptions.add(job.path("description").asText());
      }
    }
    return descriptions;
  }

  /**
   * Waits until a Spark job runs whose description begins so.
   *
   * @throws AssertionError if the driver ends before, or after 400 seconds
   */
  public void awaitJob(String prefix) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (runningJobs().stream().noneMatch(job -> job.startsWith(prefix))) {
      if (driver.process().waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        throw new AssertionError("No job " + prefix + ": " + driver.end(0) + logged());
      }
    }
  }

  /**
   * Waits until so many executors are there, as the driver knows them.
   *
   * @throws AssertionError if the driver ends before, or after 400 seconds
   */
  public void awaitExecutors(int count) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (executors() < count) {
      if (driver.process().waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        throw new AssertionError("Too few executors: " + driver.end(0) + logged());
      }
    }
  }

  private int executors() throws IOException {
    int executors = 0;
    for (JsonNode application : rest("applications")) {
      // The driver is one of them.
      executors +=
          rest("applications/" + application.path("id").asText() + "/executors").size() - 1;
    }
    return executors;
  }

  private JsonNode rest(String path) throws IOException {
    ObjectMapper json = new ObjectMapper();
    URL url = URI.create("http://127.0.0.1:%d/api/v1/%s".formatted(port, path)).toURL();
    try {
      return json.readTree(url);
    } catch (ConnectException | FileNotFoundException | JsonParseException e) {
      // The driver has not begun to listen, or answers that it is starting up, or has ended.
      return json.createArrayNode();
    }
  }
}
