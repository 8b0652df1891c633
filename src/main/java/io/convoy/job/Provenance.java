package io.convoy.job;

import io.convoy.dataset.Manifest;
import io.convoy.train.Workers;
import org.apache.spark.sql.SparkSession;

/**
 * What made a run: enough to make it again.
 *
 * @param convoyVersion version of convoy
 * @param gitCommit of convoy's sources
 * @param started when, ISO 8601, UTC
 * @param images the folder of photos
 * @param dataset the prepared data set
 * @param datasetIdentity hash of the input listing and settings
 * @param datasetContentHash hash of the examples
 * @param seed of the run
 * @param workers that trained beside one another
 * @param threadsPerWorker of native arithmetic
 * @param sparkVersion version of Spark
 * @param sparkMaster where it ran
 * @param dl4jVersion version of DL4J and ND4J
 * @param javaVersion version of Java
 * @param javaVendor who made it
 * @param operatingSystem name, version and architecture
 * @param processors of the driver's machine
 */
record Provenance(
    String convoyVersion,
    String gitCommit,
    String started,
    String images,
    String dataset,
    String datasetIdentity,
    String datasetContentHash,
    long seed,
    int workers,
    int threadsPerWorker,
    String sparkVersion,
    String sparkMaster,
    String dl4jVersion,
    String javaVersion,
    String javaVendor,
    String operatingSystem,
    int processors) {

  static Provenance of(
      Context context,
      SparkSession spark,
      Manifest manifest,
      String dataset,
      long seed,
      Workers workers) {
    return new Provenance(
        context.build().version(),
        context.build().commit(),
        java.time.Instant.now().toString(),
        manifest.images(),
        dataset,
        manifest.identity(),
        manifest.contentHash(),
        seed,
        workers.count(),
        workers.threads(),
        spark.version(),
        spark.sparkContext().master(),
        versionOfDl4j(),
        System.getProperty("java.version"),
        System.getProperty("java.vendor"),
        String.join(
            " ",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors());
  }

  private static String versionOfDl4j() {
    return org.nd4j.versioncheck.VersionCheck.getVersionInfos().stream()
        .filter(info -> "nd4j-api".equals(info.getArtifactId()))
        .map(org.nd4j.versioncheck.VersionInfo::getBuildVersion)
        .findFirst()
        .orElse("unknown");
  }
}
