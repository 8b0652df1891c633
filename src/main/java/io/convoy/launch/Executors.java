package io.convoy.launch;

/**
 * The executors of a cluster, all alike.
 *
 * @param count at least 1
 * @param each of them
 */
record Executors(int count, ProcessResources each) {

  int totalCores() {
    return count * each.cores();
  }
}
