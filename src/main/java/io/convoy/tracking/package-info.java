/**
 * A run told to a tracking server while it goes on. A thread of its own brings the server up to
 * what it is to have; a server that fails is told later, or never, and costs the run neither its
 * success nor its time. Alone knows MLflow.
 */
package io.convoy.tracking;
