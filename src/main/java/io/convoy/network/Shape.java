package io.convoy.network;

import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * What one image is between two layers; a dense layer gives units as channels of 1 x 1.
 *
 * @param channels feature maps, at least 1
 * @param height in pixels, at least 1
 * @param width in pixels, at least 1
 */
public record Shape(int channels, int height, int width) {

  /** The shape of a vector. */
  static Shape vector(int units) {
    return new Shape(units, 1, 1);
  }

  /** The shape of what DL4J calls feature maps, or of a vector. */
  static Shape of(InputType type) {
    return type instanceof InputType.InputTypeConvolutional maps
        ? new Shape((int) maps.getChannels(), (int) maps.getHeight(), (int) maps.getWidth())
        : vector((int) type.arrayElementsPerExample());
  }

  /** Number of values. */
  public long size() {
    return (long) channels * height * width;
  }

  @Override
  public String toString() {
    return channels + " x " + height + " x " + width;
  }
}
