/**
 * Draws labelled pictures, so that every part of convoy can be tried without photos: of cats and
 * dogs, whose class is in the shape (ears, muzzle), and colours tell nothing about it; or of simple
 * figures in many classes, told apart by shape, colour, number and size.
 */
package io.convoy.sample;
