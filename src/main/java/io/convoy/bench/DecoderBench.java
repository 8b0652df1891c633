package io.convoy.bench;

import io.convoy.image.PhotoDecoder;
import io.convoy.image.Rgb;
import io.convoy.image.UnusableImageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.datavec.image.loader.NativeImageLoader;

/** Photo files to pixels of the network's size on one core, against DL4J's image loader. */
final class DecoderBench {
  private final List<byte[]> photos;
  private final PhotoDecoder decoder;
  private final NativeImageLoader loader;

  /**
   * @param photos files that both can decode
   * @param height of the result in pixels
   * @param width of the result in pixels
   */
  DecoderBench(List<byte[]> photos, PhotoDecoder decoder, int height, int width) {
    this.photos = photos;
    this.decoder = decoder;
    this.loader = new NativeImageLoader(height, width, Rgb.CHANNELS);
  }

  /** Whether DL4J's loader takes a photo. */
  static boolean isLoaded(byte[] photo) {
    try {
      return new NativeImageLoader(1, 1, Rgb.CHANNELS).asMatrix(new ByteArrayInputStream(photo))
          != null;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  Measurement measure(Stopwatch stopwatch) {
    double[] seconds = stopwatch.medians(this::decode, this::load);
    return new Measurement(
        "prepare",
        Measurement.NO_NETWORK,
        "images/s/core",
        photos.size() / seconds[0],
        photos.size() / seconds[1]);
  }

  /** One pass over the photos by DL4J's loader. */
  void load() {
    try {
      for (byte[] photo : photos) {
        loader.asMatrix(new ByteArrayInputStream(photo));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void decode() {
    try {
      for (byte[] photo : photos) {
        decoder.decode(photo);
      }
    } catch (UnusableImageException e) {
      throw new IllegalStateException(e);
    }
  }
}
