/**
 * Photo files to pixels: reads the headers, refuses what cannot be used with the reason, and
 * decodes the rest to upright RGB of one size. The only package that knows OpenCV.
 */
package io.convoy.image;
