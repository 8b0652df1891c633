package io.convoy.image;

import java.io.Serializable;

/**
 * What a file's header says of its image; the pixels may still turn out to be unusable.
 *
 * @param format "JPEG", "PNG", "BMP" or "WebP", by content and not by name
 * @param height rows of the upright image (EXIF orientation applied), at least 1
 * @param width columns of the upright image, at least 1
 */
public record ImageHeader(String format, int height, int width) implements Serializable {}
