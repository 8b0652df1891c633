package io.convoy.spark;

import io.convoy.storage.Json;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.master.Master$;
import org.apache.spark.deploy.master.MasterMessages;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcEnv;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Who gives executors to a session, and can be asked what there is. */
sealed interface ClusterManager {

  /**
   * Asks.
   *
   * @return empty where it cannot be asked from here
   * @throws IOException if it does not answer
   */
  Optional<ClusterCapacity> capacity() throws IOException;

  /** How a person looks. */
  String byHand();

  /** The options of spark-submit that size executors. */
  default ExecutorShortage.Options options() {
    return ExecutorShortage.Options.SPARK_SUBMIT;
  }

  /** The one of a session. */
  static ClusterManager of(SparkConf conf, Configuration hadoop) {
    String master = conf.get("spark.master", "");
    if (master.startsWith("spark://")) {
      return new Standalone(master);
    }
    if (master.startsWith("yarn")) {
      return new Yarn(hadoop);
    }
    return master.startsWith("k8s")
        ? new Kubernetes(conf.get("spark.kubernetes.namespace", "default"))
        : new Unknown(master);
  }

  /**
   * Spark's own. The driver knows where the master listens for drivers, and the master tells the
   * port of its page.
   *
   * @param url {@code spark://HOST:PORT}, or several, {@code spark://HOST:PORT,HOST:PORT}
   */
  record Standalone(String url) implements ClusterManager {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private record Page(String status, List<Worker> workers, List<Application> activeapps) {}

    private record Worker(String state, int cores, int coresfree, long memory, long memoryfree) {}

    private record Application(String id) {}

    @Override
    public Optional<ClusterCapacity> capacity() throws IOException {
      SparkEnv environment = SparkEnv.get();
      if (environment == null) {
        return Optional.empty();
      }
      IOException last = new IOException("no master in " + url);
      for (String address : url.replaceFirst("^spark://", "").split(",")) {
        try {
          Page page = page(environment.rpcEnv(), URI.create("spark://" + address));
          if ("ALIVE".equals(page.status())) {
            return Optional.of(capacity(page));
          }
        } catch (IOException e) {
          last = e;
        }
      }
      throw last;
    }

    private static Page page(RpcEnv rpc, URI master) throws IOException {
      RpcAddress address = new RpcAddress(master.getHost(), master.getPort());
      ClassTag<MasterMessages.BoundPortsResponse> type =
          ClassTag$.MODULE$.apply(MasterMessages.BoundPortsResponse.class);
      int port =
          rpc.setupEndpointRef(address, Master$.MODULE$.ENDPOINT_NAME())
              .askSync(MasterMessages.BoundPortsRequest$.MODULE$, type)
              .webUIPort();
      URI page = URI.create("http://%s:%d/json/".formatted(master.getHost(), port));
      // Without the proxies of the environment: the master is where the driver reaches it.
      HttpClient client =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .proxy(ProxySelector.of(null))
              .followRedirects(HttpClient.Redirect.NORMAL)
              .build();
      try {
        byte[] json =
            client
                .send(
                    HttpRequest.newBuilder(page).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofByteArray())
                .body();
        return Json.read(json, Page.class);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }

    private static ClusterCapacity capacity(Page page) {
      List<ClusterCapacity.Node> alive =
          page.workers().stream()
              .filter(worker -> "ALIVE".equals(worker.state()))
              .map(
                  worker ->
                      new ClusterCapacity.Node(
                          worker.cores(), worker.coresfree(), worker.memory(), worker.memoryfree()))
              .toList();
      // One of the applications is the one that waits.
      return new ClusterCapacity(
          ClusterCapacity.Counted.HEAP, alive, Math.max(0, page.activeapps().size() - 1));
    }

    @Override
    public ExecutorShortage.Options options() {
      return ExecutorShortage.Options.SPARK_SUBMIT_CORES;
    }

    @Override
    public String byHand() {
      return "the page of the master " + url + " shows its workers";
    }
  }

  /**
   * YARN.
   *
   * @param hadoop its configuration
   */
  record Yarn(Configuration hadoop) implements ClusterManager {
    @Override
    public Optional<ClusterCapacity> capacity() throws IOException {
      try (YarnClient client = YarnClient.createYarnClient()) {
        client.init(new YarnConfiguration(hadoop));
        client.start();
        List<ClusterCapacity.Node> nodes = new ArrayList<>();
        for (NodeReport report : client.getNodeReports(NodeState.RUNNING)) {
          Resource all = report.getCapability();
          Resource used = report.getUsed();
          nodes.add(
              new ClusterCapacity.Node(
                  all.getVirtualCores(),
                  all.getVirtualCores() - used.getVirtualCores(),
                  all.getMemorySize(),
                  all.getMemorySize() - used.getMemorySize()));
        }
        int running = client.getApplications(EnumSet.of(YarnApplicationState.RUNNING)).size();
        return Optional.of(
            new ClusterCapacity(ClusterCapacity.Counted.ALL, nodes, Math.max(0, running - 1)));
      } catch (YarnException e) {
        throw new IOException(e);
      }
    }

    @Override
    public String byHand() {
      return "`yarn node -list -all` and the ResourceManager's page show what there is, `yarn"
          + " application -list` who has it";
    }
  }

  /**
   * Kubernetes, whose client is not here.
   *
   * @param namespace of the pods
   */
  record Kubernetes(String namespace) implements ClusterManager {
    @Override
    public Optional<ClusterCapacity> capacity() {
      return Optional.empty();
    }

    @Override
    public String byHand() {
      return "`kubectl -n %s describe pods -l spark-role=executor` tells why they are not started"
          .formatted(namespace);
    }
  }

  /**
   * Any other.
   *
   * @param master Spark's
   */
  record Unknown(String master) implements ClusterManager {
    @Override
    public Optional<ClusterCapacity> capacity() {
      return Optional.empty();
    }

    @Override
    public String byHand() {
      return "look at " + master;
    }
  }
}
