package io.convoy.job;

import io.convoy.failure.UserException;
import io.convoy.image.ImageLimits;
import io.convoy.image.Thumbnails;
import io.convoy.image.UnusableImageException;
import io.convoy.page.ArchitecturePage.Picture;
import io.convoy.settings.ImageSettings;
import io.convoy.storage.Storage;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Makes photos of a folder small, each once; what cannot be read becomes a placeholder. */
final class PhotoThumbnails {
  private static final int SIDE = 120;

  /** A store that is down answers each request after minutes of trying. */
  private static final int MOST_FAILURES = 2;

  private static final Picture GONE = Picture.missing("no longer there");
  private static final Picture UNREACHABLE = Picture.missing("cannot be reached");

  private final Storage images;
  private final long maxFileBytes;
  private final Thumbnails thumbnails;
  private final Map<String, Picture> made = new HashMap<>();
  private int failures;

  /**
   * @param images the folder
   * @param settings its limits
   */
  PhotoThumbnails(Storage images, ImageSettings settings) {
    this.images = images;
    this.maxFileBytes = settings.maxFileBytes();
    this.thumbnails = new Thumbnails(SIDE, new ImageLimits(settings.maxPixels()));
  }

  /** The photo of that path below the folder. */
  Picture of(String path) {
    return made.computeIfAbsent(path, this::make);
  }

  private Picture make(String path) {
    if (failures >= MOST_FAILURES) {
      return UNREACHABLE;
    }
    try {
      Storage file = images.file(path);
      if (file.length() > maxFileBytes) {
        return Picture.missing("larger than the run reads");
      }
      return Picture.of(thumbnails.jpeg(file.read()));
    } catch (UnusableImageException e) {
      return Picture.missing("no longer a photo");
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof FileNotFoundException) {
        return GONE;
      }
      failures++;
      return UNREACHABLE;
    } catch (UserException e) {
      return Picture.missing("may not be read");
    }
  }
}
