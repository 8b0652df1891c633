/** The one place that makes a Spark session, and its logging. */
package io.convoy.spark;
