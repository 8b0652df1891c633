/**
 * A network's forward and backward pass by oneDNN, on the parameters of a DL4J network; the only
 * room that knows oneDNN.
 *
 * <p>What the layers compute is what DL4J's layers compute. What differs is how: activations stay
 * in the blocked layouts that oneDNN's kernels want; the feature maps are computed for a few images
 * at a time, so that they stay in the processor's cache and only what the backward pass needs is
 * kept; convolutions of 3 x 3 are computed by Winograd's algorithm where it is the faster; an
 * activation is applied in the convolution's registers, and its derivative after a max pooling to
 * the pooled array alone; nothing is computed twice; pixels become floats on the way in.
 */
package io.convoy.onednn;
