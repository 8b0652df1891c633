/**
 * Checks what a run needs, at each place that takes part in it: the driver and every executor. What
 * a check judges is handed to it, so that Spark is known to the visits of the places alone.
 */
package io.convoy.doctor;
