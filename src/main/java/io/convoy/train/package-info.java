/** Trains a network epoch by epoch, predicts a split, and says how far a training has come. */
package io.convoy.train;
