/**
 * Trains and predicts on one machine: a network's passes and its optimizer's steps, by oneDNN where
 * it computes the network, else by DL4J's own layers.
 */
package io.convoy.engine;
