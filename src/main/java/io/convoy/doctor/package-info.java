/**
 * Checks what a run needs, in each process that takes part in it: the driver and every executor.
 * What a check judges is handed to it, so that no check knows Spark.
 */
package io.convoy.doctor;
