/**
 * A trained network in a file: DL4J's zip, with convoy's card of what must be known to use it; the
 * checkpoint of a training; and what is read of models that others wrote.
 */
package io.convoy.modelfile;
