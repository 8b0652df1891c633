package io.convoy.tracking;

import io.convoy.tracking.TrackedRun.End;
import io.convoy.tracking.TrackingException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/**
 * A server of MLflow, by its Java client. That client waits for an answer without end, so each
 * request has a limit here; and it sends files by a Python program only, so they go by MLflow's
 * REST interface instead.
 *
 * @see <a href="https://mlflow.org/docs/latest/rest-api.html">MLflow's REST interface</a>
 */
final class MlflowServer implements AutoCloseable {
  /** The most of a request {@code log-batch}. */
  static final int MOST_METRICS = 1000;

  static final int MOST_TAGS_OR_PARAMETERS = 100;

  /**
   * Servers before 2.8 take no more of a parameter, and a full request stays below their megabyte.
   */
  private static final int LONGEST_VALUE = 500;

  private static final String PARENT = "mlflow.parentRunId";
  private static final String NAME = "mlflow.runName";

  private static final String FILES = "/api/2.0/mlflow-artifacts/artifacts";
  private static final String OWN_FILES = "mlflow-artifacts";

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int SUCCESS = 200;
  private static final int REDIRECT = 300;
  private static final int SERVER_ERROR = 500;

  /** Of the answers that blame the request those that may be others later: also of 408 and 429. */
  private static final Set<Integer> LATER = Set.of(UNAUTHORIZED, FORBIDDEN, 408, 429);

  private static final int MILLI = 3;

  /** A file may take so much longer than another request: a megabyte a second. */
  private static final int BYTES_A_SECOND = 1 << 20;

  private final URI address;
  private final Credentials credentials;
  private final Duration limit;
  private final HttpClient http;
  private MlflowClient client;
  private ExecutorService caller;

  /**
   * @param address of the server
   * @param limit how long one request may take
   */
  MlflowServer(URI address, Credentials credentials, Duration limit) {
    this.address = address;
    this.credentials = credentials;
    this.limit = limit;
    this.http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(limit).build();
    connect();
  }

  /**
   * A run that the server has.
   *
   * @param id the server's
   * @param experiment the id of its experiment
   * @param files where the server wants its files
   * @param parameters whose values the server has
   */
  record Known(String id, String experiment, String files, Set<String> parameters) {
    /** Whether the server takes its files itself, and names no store that it does not serve. */
    boolean takesFiles() {
      try {
        URI place = new URI(files);
        return OWN_FILES.equals(place.getScheme()) && place.getRawAuthority() == null;
      } catch (URISyntaxException e) {
        // Of other stores the server takes any text, as in s3://lab/my models.
        return false;
      }
    }
  }

  /** Makes sure that it answers as such a server does. */
  void ask() throws TrackingException {
    call(it -> it.sendGet("experiments/search?max_results=1"));
  }

  /** The id of an experiment, which is made where it is missing. */
  String experiment(String name) throws TrackingException {
    Optional<Experiment> found = call(it -> it.getExperimentByName(name));
    if (found.isEmpty()) {
      return call(it -> it.createExperiment(name));
    }
    if (found.get().getLifecycleStage().equals("deleted")) {
      throw new TrackingException(
          Kind.REFUSED,
          "has deleted its experiment "
              + name
              + ": restore it there, or name another with tracking.experiment",
          null);
    }
    return found.get().getExperimentId();
  }

  /** Makes a run that has begun. */
  Known begin(String experiment, TrackedRun run, Optional<String> parent, long milliseconds)
      throws TrackingException {
    CreateRun.Builder wanted =
        CreateRun.newBuilder()
            .setExperimentId(experiment)
            .setRunName(run.name())
            .setStartTime(milliseconds)
            .addTags(tag(NAME, run.name()));
    parent.ifPresent(id -> wanted.addTags(tag(PARENT, id)));
    RunInfo made = call(it -> it.createRun(wanted.build()));
    return new Known(made.getRunId(), experiment, made.getArtifactUri(), Set.of());
  }

  /** A run that was made before; empty where somebody has deleted it. */
  Optional<Known> known(String id) throws TrackingException {
    try {
      return Optional.of(call(it -> it.getRun(id)))
          .filter(run -> run.getInfo().getLifecycleStage().equals("active"))
          .map(MlflowServer::known);
    } catch (TrackingException e) {
      if (e.getCause() instanceof MlflowHttpException http && http.getStatusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * A run below another one that has not come to its end; empty where none of the name is there.
   */
  Optional<Known> unfinished(String experiment, String parent, String name)
      throws TrackingException {
    String wanted =
        "tags.`%s` = '%s' and tags.`%s` = '%s' and attributes.status != 'FINISHED'"
            .formatted(PARENT, parent, NAME, name);
    return call(it -> it.searchRuns(List.of(experiment), wanted, ViewType.ACTIVE_ONLY, 1))
        .getItems()
        .stream()
        .map(MlflowServer::known)
        .findFirst();
  }

  private static Known known(Run run) {
    return new Known(
        run.getInfo().getRunId(),
        run.getInfo().getExperimentId(),
        run.getInfo().getArtifactUri(),
        run.getData().getParamsList().stream().map(Param::getKey).collect(Collectors.toSet()));
  }

  /** The steps that the server has a metric of. */
  Set<Long> steps(String id, String metric) throws TrackingException {
    return call(
        it ->
            it.getMetricHistory(id, metric).stream()
                .map(Metric::getStep)
                .collect(Collectors.toSet()));
  }

  /** Sends parameters and tags, each at most {@value #MOST_TAGS_OR_PARAMETERS}. */
  void describe(
      String id,
      Collection<Map.Entry<String, String>> parameters,
      Collection<Map.Entry<String, String>> tags)
      throws TrackingException {
    List<Param> wanted =
        parameters.stream()
            .map(
                each ->
                    Param.newBuilder().setKey(each.getKey()).setValue(cut(each.getValue())).build())
            .toList();
    List<RunTag> tagged =
        tags.stream().map(each -> tag(each.getKey(), cut(each.getValue()))).toList();
    log(id, List.of(), wanted, tagged);
  }

  /** Sends measurements, together at most {@value #MOST_METRICS}. */
  void measure(String id, Collection<Measurements> all) throws TrackingException {
    List<Metric> metrics = new ArrayList<>();
    for (Measurements each : all) {
      each.values()
          .forEach(
              (key, value) ->
                  metrics.add(
                      Metric.newBuilder()
                          .setKey(key)
                          .setValue(value)
                          .setTimestamp(each.milliseconds())
                          .setStep(each.step())
                          .build()));
    }
    log(id, metrics, List.of(), List.of());
  }

  private void log(String id, List<Metric> metrics, List<Param> parameters, List<RunTag> tags)
      throws TrackingException {
    call(
        it -> {
          it.logBatch(id, metrics, parameters, tags);
          return id;
        });
  }

  /** Says that a run goes on. */
  void goOn(String id) throws TrackingException {
    // The client's own call would give it an end.
    String wanted = "{\"run_id\": \"%s\", \"status\": \"RUNNING\"}".formatted(id);
    call(it -> it.sendPost("runs/update", wanted));
  }

  /** Says how a run has ended. */
  void end(String id, End end, long milliseconds) throws TrackingException {
    RunStatus status =
        switch (end) {
          case FINISHED -> RunStatus.FINISHED;
          case FAILED -> RunStatus.FAILED;
        };
    call(
        it -> {
          it.setTerminated(id, status, milliseconds);
          return id;
        });
  }

  /** Sends a file for a run. */
  void send(Known run, TrackedFile file) throws TrackingException {
    try {
      long length = file.content().length();
      URI to =
          new URI(
              address
                  + FILES
                  + URI.create(run.files()).getRawPath()
                  + new URI(null, null, "/" + file.path(), null).getRawPath());
      HttpRequest.Builder request =
          HttpRequest.newBuilder(to)
              .timeout(limit.plusSeconds(length / BYTES_A_SECOND))
              .PUT(body(file, length));
      credentials.header().ifPresent(header -> request.header("Authorization", header));
      HttpResponse<Void> answer = http.send(request.build(), BodyHandlers.discarding());
      int status = answer.statusCode();
      if (status < SUCCESS || status >= REDIRECT) {
        throw answered(status, null);
      }
    } catch (HttpTimeoutException e) {
      throw unanswered(e);
    } catch (IOException | UncheckedIOException e) {
      throw new TrackingException(Kind.UNAVAILABLE, words(e), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("paths of files are quoted", e);
    }
  }

  private static BodyPublisher body(TrackedFile file, long length) {
    return length == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> open(file)), length);
  }

  private static InputStream open(TrackedFile file) {
    return file.content().open();
  }

  /** One request, within its time. */
  private <T> T call(Function<MlflowClient, T> request) throws TrackingException {
    MlflowClient now = client;
    try {
      return caller.submit(() -> request.apply(now)).get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Closing it is what ends its waiting.
      close();
      connect();
      throw unanswered(e);
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void connect() {
    client =
        new MlflowClient(
            new BasicMlflowHostCreds(
                address.toString(),
                credentials.user().orElse(null),
                credentials.password().orElse(null),
                credentials.token().orElse(null),
                false));
    caller =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, "convoy-tracking-request");
              thread.setDaemon(true);
              return thread;
            });
  }

  private TrackingException failed(Throwable thrown) {
    if (thrown instanceof MlflowHttpException http) {
      return answered(http.getStatusCode(), http);
    }
    return new TrackingException(Kind.UNAVAILABLE, words(thrown), thrown);
  }

  private static TrackingException answered(int status, Throwable cause) {
    boolean later = status >= SERVER_ERROR || LATER.contains(status);
    String advice =
        switch (status) {
          case UNAUTHORIZED, FORBIDDEN ->
              ": set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or"
                  + " MLFLOW_TRACKING_TOKEN";
          case NOT_FOUND -> ": check that it is a server of MLflow's";
          default -> "";
        };
    return new TrackingException(
        later ? Kind.UNAVAILABLE : Kind.REFUSED, "answers with status " + status + advice, cause);
  }

  private TrackingException unanswered(Exception cause) {
    String seconds =
        BigDecimal.valueOf(limit.toMillis(), MILLI).stripTrailingZeros().toPlainString();
    return new TrackingException(Kind.UNAVAILABLE, "does not answer in " + seconds + " s", cause);
  }

  private static TrackingException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new TrackingException(Kind.UNAVAILABLE, "was not waited for", cause);
  }

  private static String words(Throwable thrown) {
    List<Throwable> causes =
        Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).toList();
    if (causes.stream().anyMatch(ConnectException.class::isInstance)) {
      return "cannot be reached: nothing listens there";
    }
    if (causes.stream().anyMatch(UnknownHostException.class::isInstance)) {
      return "cannot be reached: its host is not known";
    }
    Throwable root = causes.get(causes.size() - 1);
    String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return "cannot be told: " + root.getClass().getSimpleName() + ", " + message;
  }

  private static RunTag tag(String key, String value) {
    return RunTag.newBuilder().setKey(key).setValue(value).build();
  }

  private static String cut(String value) {
    return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE);
  }

  @Override
  public void close() {
    caller.shutdownNow();
    client.close();
  }
}
