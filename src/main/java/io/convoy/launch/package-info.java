/**
 * Turns a profile ({@code conf/profiles}) and the launcher's options into the line of {@code
 * spark-submit} that runs convoy on a cluster. The only room that runs without Spark on its class
 * path: it knows nothing but Java, HOCON and the reading of settings.
 */
package io.convoy.launch;
