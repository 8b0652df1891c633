/** Trained networks as ONNX files, for other programs; alone knows the format. */
package io.convoy.onnx;
