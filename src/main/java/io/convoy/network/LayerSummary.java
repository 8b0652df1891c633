package io.convoy.network;

/**
 * A layer as it works on images of a given size.
 *
 * @param kind the layer's key in the conf, or output
 * @param output what it gives for one image
 * @param parameters number of its weights and biases
 */
public record LayerSummary(String kind, Shape output, long parameters) {}
