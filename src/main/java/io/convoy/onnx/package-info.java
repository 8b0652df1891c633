/**
 * Trained networks as ONNX files, for other programs, and the networks of other programs, for
 * training to begin with; alone knows the format.
 */
package io.convoy.onnx;
