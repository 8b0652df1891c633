/**
 * Draws labelled pictures of cats and dogs, so that every part of convoy can be tried without
 * photos: the class is in the shape (ears, muzzle), and colours tell nothing about it.
 */
package io.convoy.sample;
