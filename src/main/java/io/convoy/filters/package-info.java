/**
 * What explains convolution: a photo under two hand-made kernels and under max pooling, as pictures
 * and as one page, with the feature maps of a network's first layer. Knows nothing of Spark, DL4J
 * and file systems.
 */
package io.convoy.filters;
