package io.convoy.predict;

import io.convoy.explain.HeatMap;
import io.convoy.explain.Overlay;
import io.convoy.image.ImageHeader;
import io.convoy.image.ImageLimits;
import io.convoy.image.ImageSize;
import io.convoy.image.PhotoDecoder;
import io.convoy.image.UnusableImageException;
import io.convoy.storage.Storage;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Writes a photo, made small, with the heat map over it: {@code PATH.png} below a folder.
 *
 * @param folder the folder's qualified path
 * @param configuration Hadoop's
 * @param maxPixels the most that a photo may have, at least 1
 */
public record ExplainedPicture(
    String folder, SerializableConfiguration configuration, long maxPixels)
    implements Explanations.Picture<String> {
  private static final long serialVersionUID = 1L;

  private static final int SIDE = 480;

  /** The path of the picture below the folder. */
  @Override
  public String of(String path, byte[] file, HeatMap heat) throws UnusableImageException {
    ImageHeader header = ImageHeader.read(file);
    ImageSize size = new ImageSize(header.height(), header.width()).within(SIDE);
    byte[] photo = new PhotoDecoder(size, new ImageLimits(maxPixels)).decode(file);
    byte[] picture = Overlay.over(heat, photo, size);
    String name = path + ".png";
    Storage.at(folder, configuration.value()).file(name).write(out -> out.write(picture));
    return name;
  }
}
