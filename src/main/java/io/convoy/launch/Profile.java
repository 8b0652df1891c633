package io.convoy.launch;

import java.util.Map;
import java.util.Optional;

/**
 * How Spark is started: the options of the command line over the profile.
 *
 * @param executors none in local mode, where the driver does all
 * @param jar the job jar where it is not the one of this machine
 * @param spark further settings of Spark by their full names, in their order
 */
record Profile(
    Cluster cluster,
    String master,
    DeployMode deployMode,
    Optional<Executors> executors,
    ProcessResources driver,
    Optional<String> jar,
    Map<String, String> spark) {}
