/** Trains networks by DL4J's parameter averaging on Spark; the only room that knows dl4j-spark. */
package io.convoy.train;
