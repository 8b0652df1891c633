package io.convoy.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server on this machine that takes what MLflow's 2.17 takes by its REST interface 2.0, and
 * refuses what that refuses: unknown endpoints, fields and runs, values of other types, batches
 * that are too large, and parameters that change. What it refuses it remembers, for a test to say
 * that there was nothing.
 */
public final class ProtocolServer implements AutoCloseable {
  private static final String API = "/api/2.0/mlflow/";
  private static final String FILES = "/api/2.0/mlflow-artifacts/artifacts/";
  private static final String KEY = "[/\\w.\\- :]+";

  /** The one that convoy asks with. */
  private static final Pattern FILTER =
      Pattern.compile(
          "tags\\.`mlflow\\.parentRunId` = '(\\w+)' and tags\\.`mlflow\\.runName` = '([^']+)'"
              + " and attributes\\.status != '(\\w+)'");

  private static final Set<String> STATES =
      Set.of("RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED");
  private static final int LONGEST_KEY = 250;
  private static final int LONGEST_PARAMETER = 6000;
  private static final int LONGEST_TAG = 8000;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, String> experiments = new LinkedHashMap<>();
  private final Set<String> deleted = new HashSet<>();
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final List<String> refusals = new ArrayList<>();
  private String artifactRoot = "mlflow-artifacts:/";
  private Mood mood = Mood.WELL;
  private Optional<String> authorization = Optional.empty();
  private int requests;

  /** How it answers. */
  public enum Mood {
    WELL,
    /** With status 500. */
    BROKEN,
    /** Not at all. */
    SILENT,
    /** Files with status 500, and all else well. */
    WITHOUT_DISK
  }

  /**
   * A measurement of a metric.
   *
   * @param value what was measured
   * @param step such as the epoch
   */
  public record Point(double value, long step) {}

  /** A run that it has. */
  public static final class Run {
    private final String id;
    private final String experiment;
    private final String files;
    private String name = "";
    private String status = "RUNNING";
    private boolean isDeleted;
    private final Map<String, String> parameters = new TreeMap<>();
    private final Map<String, String> tags = new TreeMap<>();
    private final Map<String, List<Point>> metrics = new TreeMap<>();
    private final Map<String, byte[]> sent = new TreeMap<>();

    private Run(String id, String experiment, String files) {
      this.id = id;
      this.experiment = experiment;
      this.files = files;
    }

    public String id() {
      return id;
    }

    public String name() {
      return name;
    }

    public String status() {
      return status;
    }

    public Map<String, String> parameters() {
      return parameters;
    }

    public Map<String, String> tags() {
      return tags;
    }

    /** By the names of the metrics, in the order in which they came. */
    public Map<String, List<Point>> metrics() {
      return metrics;
    }

    /** The steps of a metric, in the order in which they came. */
    public List<Long> steps(String metric) {
      return metrics.getOrDefault(metric, List.of()).stream().map(Point::step).toList();
    }

    /** By their paths. */
    public Map<String, byte[]> files() {
      return sent;
    }

    /** As somebody does who tidies up. */
    public void delete() {
      isDeleted = true;
    }
  }

  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Refused(int status, String code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }

    static Refused value(String message) {
      return new Refused(400, "INVALID_PARAMETER_VALUE", message);
    }

    static Refused missing(String message) {
      return new Refused(404, "RESOURCE_DOES_NOT_EXIST", message);
    }
  }

  /** Starts it, on any port of this machine. */
  public ProtocolServer() {
    this(0);
  }

  /** Starts it on a port of this machine. */
  public ProtocolServer(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Its address. */
  public String uri() {
    return "http://127.0.0.1:" + port();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public synchronized void is(Mood other) {
    mood = other;
  }

  /** Refuses with status 401 what has another header {@code Authorization}. */
  public synchronized void requires(String header) {
    authorization = Optional.of(header);
  }

  /** Where runs that are made from now on are to have their files. */
  public synchronized void keepsFilesAt(String root) {
    artifactRoot = root;
  }

  /** As somebody does who tidies up; the experiment stays known by its name. */
  public synchronized void deleteExperiment(String name) {
    experiments.put(Integer.toString(experiments.size() + 1), name);
    deleted.add(name);
  }

  /** All runs that are not deleted, in the order in which they were made. */
  public synchronized List<Run> runs() {
    return runs.values().stream().filter(run -> !run.isDeleted).toList();
  }

  /** The run of a name, of which there is one. */
  public synchronized Run run(String name) {
    List<Run> named = runs().stream().filter(run -> run.name.equals(name)).toList();
    if (named.size() != 1) {
      throw new AssertionError(named.size() + " runs are called " + name);
    }
    return named.get(0);
  }

  /** The runs below another one, in the order in which they were made. */
  public synchronized List<Run> below(Run parent) {
    return runs().stream()
        .filter(run -> parent.id.equals(run.tags.get("mlflow.parentRunId")))
        .toList();
  }

  public synchronized Set<String> experiments() {
    return Set.copyOf(experiments.values());
  }

  /** What it has refused but for what asks whether something is there. */
  public synchronized List<String> refusals() {
    return List.copyOf(refusals);
  }

  public synchronized int requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange, exchange.getRequestBody().readAllBytes());
    }
  }

  private void answer(HttpExchange exchange, byte[] body) throws IOException {
    Mood now = begin();
    boolean isFile = exchange.getRequestURI().getPath().startsWith(FILES);
    if (now == Mood.SILENT) {
      waitForTheEnd();
    } else if (now == Mood.BROKEN || now == Mood.WITHOUT_DISK && isFile) {
      reply(exchange, 500, "trouble");
    } else {
      try {
        reply(exchange, 200, handled(exchange, body).toString());
      } catch (Refused e) {
        ObjectNode error = json.createObjectNode();
        error.put("error_code", e.code).put("message", e.getMessage());
        reply(exchange, e.status, error.toString());
      }
    }
  }

  private void waitForTheEnd() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Mood begin() {
    requests++;
    return mood;
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private synchronized JsonNode handled(HttpExchange exchange, byte[] body) throws Refused {
    URI uri = exchange.getRequestURI();
    String request = exchange.getRequestMethod() + " " + uri.getPath();
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization.isPresent() && !authorization.get().equals(header)) {
      throw new Refused(401, "UNAUTHENTICATED", "who are you?");
    }
    try {
      return uri.getPath().startsWith(FILES)
          ? file(exchange, body)
          : call(request, query(uri), body);
    } catch (IOException e) {
      refusals.add(request + ": no JSON");
      throw Refused.value("no JSON");
    } catch (Refused e) {
      // Clients ask by the name whether it is there.
      if (!uri.getPath().endsWith("/get-by-name")) {
        refusals.add(request + ": " + e.getMessage());
      }
      throw e;
    }
  }

  private JsonNode call(String request, Map<String, String> query, byte[] body)
      throws Refused, IOException {
    return switch (request) {
      case "GET " + API + "experiments/get-by-name" -> experiment(query);
      case "GET " + API + "experiments/search" -> {
        required(query, "max_results");
        yield json.createObjectNode();
      }
      case "POST " + API + "experiments/create" -> createExperiment(json.readTree(body));
      case "POST " + API + "runs/create" -> createRun(json.readTree(body));
      case "POST " + API + "runs/update" -> updateRun(json.readTree(body));
      case "POST " + API + "runs/search" -> search(json.readTree(body));
      case "POST " + API + "runs/log-batch" -> logBatch(json.readTree(body), body.length);
      case "GET " + API + "runs/get" -> json.createObjectNode().set("run", shown(known(query)));
      case "GET " + API + "metrics/get-history" -> history(query);
      default -> throw new Refused(404, "ENDPOINT_NOT_FOUND", "there is no such endpoint");
    };
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new TreeMap<>();
    for (String part : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&")) {
      String[] pair = part.split("=", 2);
      if (pair.length == 2) {
        query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private JsonNode experiment(Map<String, String> query) throws Refused {
    String name = required(query, "experiment_name");
    for (Map.Entry<String, String> each : experiments.entrySet()) {
      if (each.getValue().equals(name)) {
        ObjectNode experiment = json.createObjectNode();
        experiment.put("experiment_id", each.getKey()).put("name", name);
        experiment.put("lifecycle_stage", deleted.contains(name) ? "deleted" : "active");
        return json.createObjectNode().set("experiment", experiment);
      }
    }
    throw Refused.missing("there is no experiment " + name);
  }

  private JsonNode createExperiment(JsonNode body) throws Refused {
    allow(body, "name", "artifact_location", "tags");
    String name = text(body, "name");
    if (experiments.containsValue(name)) {
      throw new Refused(400, "RESOURCE_ALREADY_EXISTS", name + " is there already");
    }
    String id = Integer.toString(experiments.size() + 1);
    experiments.put(id, name);
    return json.createObjectNode().put("experiment_id", id);
  }

  private JsonNode createRun(JsonNode body) throws Refused {
    allow(body, "experiment_id", "user_id", "run_name", "start_time", "tags");
    String experiment = text(body, "experiment_id");
    if (!experiments.containsKey(experiment)) {
      throw Refused.missing("there is no experiment " + experiment);
    }
    wholeNumber(body, "start_time");
    String id = "%032x".formatted(runs.size() + 1);
    Run run = new Run(id, experiment, artifactRoot + experiment + "/" + id + "/artifacts");
    run.name = text(body, "run_name");
    tag(run, body.path("tags"));
    if (!run.name.equals(run.tags.getOrDefault("mlflow.runName", run.name))) {
      throw Refused.value("run_name and the tag mlflow.runName differ");
    }
    String parent = run.tags.get("mlflow.parentRunId");
    if (parent != null && !runs.containsKey(parent)) {
      throw Refused.missing("there is no parent " + parent);
    }
    runs.put(id, run);
    return json.createObjectNode().set("run", shown(run));
  }

  private JsonNode updateRun(JsonNode body) throws Refused {
    allow(body, "run_id", "run_uuid", "status", "end_time", "run_name");
    Run run = active(text(body, "run_id"));
    String status = text(body, "status");
    if (!STATES.contains(status)) {
      throw Refused.value("status is " + status);
    }
    if (body.has("end_time")) {
      wholeNumber(body, "end_time");
    }
    run.status = status;
    return json.createObjectNode().set("run_info", shown(run).get("info"));
  }

  private JsonNode search(JsonNode body) throws Refused {
    allow(body, "experiment_ids", "filter", "run_view_type", "max_results");
    if (!text(body, "run_view_type").equals("ACTIVE_ONLY")) {
      throw Refused.value("run_view_type is " + body.get("run_view_type"));
    }
    wholeNumber(body, "max_results");
    Set<String> experimentIds = new HashSet<>();
    body.path("experiment_ids").forEach(id -> experimentIds.add(id.asText()));
    Matcher filter = FILTER.matcher(text(body, "filter"));
    if (!filter.matches()) {
      throw Refused.value("filter is " + body.get("filter"));
    }
    ArrayNode found = json.createArrayNode();
    runs().stream()
        .filter(run -> experimentIds.contains(run.experiment))
        .filter(run -> filter.group(1).equals(run.tags.get("mlflow.parentRunId")))
        .filter(run -> filter.group(2).equals(run.tags.get("mlflow.runName")))
        .filter(run -> !filter.group(3).equals(run.status))
        .limit(body.get("max_results").asLong())
        .forEach(run -> found.add(shown(run)));
    return json.createObjectNode().set("runs", found);
  }

  private JsonNode logBatch(JsonNode body, int bytes) throws Refused {
    allow(body, "run_id", "metrics", "params", "tags");
    Run run = active(text(body, "run_id"));
    JsonNode metrics = array(body, "metrics", 1000);
    JsonNode parameters = array(body, "params", 100);
    JsonNode tags = array(body, "tags", 100);
    if (metrics.size() + parameters.size() + tags.size() > 1000 || bytes > 1_000_000) {
      throw Refused.value("the batch is too large");
    }
    Set<String> seen = new HashSet<>();
    for (JsonNode each : parameters) {
      allow(each, "key", "value");
      String key = key(each);
      String value = value(each, LONGEST_PARAMETER);
      if (!seen.add(key)) {
        throw Refused.value("parameter " + key + " is there twice");
      }
      if (!run.parameters.getOrDefault(key, value).equals(value)) {
        throw Refused.value(
            "parameter %s changes from %s to %s".formatted(key, run.parameters.get(key), value));
      }
    }
    for (JsonNode each : metrics) {
      allow(each, "key", "value", "timestamp", "step");
      key(each);
      wholeNumber(each, "timestamp");
      wholeNumber(each, "step");
      if (!each.path("value").isNumber()) {
        throw Refused.value("a metric is " + each.path("value"));
      }
    }
    tag(run, tags);
    parameters.forEach(
        each -> run.parameters.put(each.get("key").asText(), each.get("value").asText()));
    metrics.forEach(
        each ->
            run.metrics
                .computeIfAbsent(each.get("key").asText(), key -> new ArrayList<>())
                .add(new Point(each.get("value").asDouble(), each.get("step").asLong())));
    return json.createObjectNode();
  }

  private JsonNode history(Map<String, String> query) throws Refused {
    Run run = known(query);
    ArrayNode metrics = json.createArrayNode();
    String key = required(query, "metric_key");
    for (Point point : run.metrics.getOrDefault(key, List.of())) {
      metrics.addObject().put("key", key).put("value", point.value).put("step", point.step);
    }
    return json.createObjectNode().set("metrics", metrics);
  }

  private JsonNode file(HttpExchange exchange, byte[] body) throws Refused {
    if (!exchange.getRequestMethod().equals("PUT")) {
      throw new Refused(405, "METHOD_NOT_ALLOWED", "files are put");
    }
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (!Integer.toString(body.length).equals(length)) {
      throw Refused.value("Content-Length is " + length + " of " + body.length);
    }
    String path = exchange.getRequestURI().getPath().substring(FILES.length());
    for (Run run : runs.values()) {
      String root = run.experiment + "/" + run.id + "/artifacts/";
      if (path.startsWith(root) && !path.contains("..")) {
        run.sent.put(path.substring(root.length()), body);
        return json.createObjectNode();
      }
    }
    throw Refused.missing("no run has files at " + path);
  }

  private JsonNode shown(Run run) {
    ObjectNode info = json.createObjectNode();
    info.put("run_id", run.id).put("run_uuid", run.id).put("run_name", run.name);
    info.put("experiment_id", run.experiment).put("status", run.status);
    info.put("artifact_uri", run.files);
    info.put("lifecycle_stage", run.isDeleted ? "deleted" : "active");
    ObjectNode data = json.createObjectNode();
    ArrayNode parameters = data.putArray("params");
    run.parameters.forEach(
        (key, value) -> parameters.addObject().put("key", key).put("value", value));
    ObjectNode shown = json.createObjectNode();
    shown.set("info", info);
    shown.set("data", data);
    return shown;
  }

  private Run known(Map<String, String> query) throws Refused {
    return known(required(query, "run_id"));
  }

  private Run known(String id) throws Refused {
    return Optional.ofNullable(runs.get(id))
        .orElseThrow(() -> Refused.missing("there is no run " + id));
  }

  private Run active(String id) throws Refused {
    Run run = known(id);
    if (run.isDeleted) {
      throw Refused.value("the run " + id + " must be active");
    }
    return run;
  }

  private static void tag(Run run, JsonNode tags) throws Refused {
    for (JsonNode each : tags) {
      allow(each, "key", "value");
      run.tags.put(key(each), value(each, LONGEST_TAG));
    }
  }

  private static String required(Map<String, String> query, String field) throws Refused {
    String value = query.get(field);
    if (value == null || value.isEmpty()) {
      throw Refused.value(field + " is missing");
    }
    return value;
  }

  private static void allow(JsonNode body, String... fields) throws Refused {
    List<String> unknown = new ArrayList<>();
    body.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(List.of(fields));
    if (!body.isObject() || !unknown.isEmpty()) {
      throw Refused.value("unknown fields " + unknown);
    }
  }

  private static String text(JsonNode body, String field) throws Refused {
    if (!body.path(field).isTextual() || body.get(field).asText().isEmpty()) {
      throw Refused.value(field + " is " + body.path(field));
    }
    return body.get(field).asText();
  }

  /** A number, or, as protobuf writes those of 64 bits, the text of one. */
  private static void wholeNumber(JsonNode body, String field) throws Refused {
    if (!body.path(field).asText().matches("\\d+")) {
      throw Refused.value(field + " is " + body.path(field));
    }
  }

  private static JsonNode array(JsonNode body, String field, int most) throws Refused {
    JsonNode array = body.path(field);
    if (!array.isMissingNode() && !array.isArray() || array.size() > most) {
      throw Refused.value(field + " is no array of at most " + most);
    }
    return array;
  }

  private static String key(JsonNode body) throws Refused {
    String key = text(body, "key");
    if (!key.matches(KEY) || key.length() > LONGEST_KEY || key.startsWith("/")) {
      throw Refused.value("a key is " + key);
    }
    return key;
  }

  private static String value(JsonNode body, int longest) throws Refused {
    String value = body.path("value").asText();
    if (value.length() > longest) {
      throw Refused.value("a value has " + value.length() + " letters");
    }
    return value;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdown();
  }
}
