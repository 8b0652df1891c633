package io.convoy.image;

/**
 * The middle of an image, enlarged to the whole and mirrored left to right; the whole image where
 * the middle is all of it. Between the centres of pixels it interpolates linearly, by 128ths of
 * their distance, and rounds halves to even numbers: whoever computes it so, in whole numbers or in
 * float32, comes to the same bytes.
 */
public final class MirroredView {
  private static final int PARTS = 128;
  private static final int SQUARE = PARTS * PARTS;

  private final ImageSize size;
  private final Axis rows;
  private final Axis columns;

  /**
   * @param size of the images
   * @param sides of the middle, as a share of the image's, above 0 and up to 1; whole pixels are
   *     left out on each side
   */
  public MirroredView(ImageSize size, double sides) {
    this.size = size;
    this.rows = Axis.of(size.height(), sides);
    this.columns = Axis.of(size.width(), sides).mirrored();
  }

  /**
   * What each pixel of a side is made of: two neighbours.
   *
   * @param low the first
   * @param high the second
   * @param share of the second, in 128ths
   */
  private record Axis(int[] low, int[] high, int[] share) {
    static Axis of(int length, double sides) {
      int margin = (int) Math.round(length * (1 - sides) / 2);
      int inside = length - 2 * margin;
      Axis axis = new Axis(new int[length], new int[length], new int[length]);
      for (int i = 0; i < length; i++) {
        double centre = (i + 0.5) * inside / length - 0.5;
        double place = Math.min(Math.max(centre, 0), inside - 1);
        axis.low[i] = margin + (int) place;
        axis.high[i] = Math.min(axis.low[i] + 1, margin + inside - 1);
        axis.share[i] = (int) Math.rint((place - (int) place) * PARTS);
      }
      return axis;
    }

    Axis mirrored() {
      int length = low.length;
      Axis axis = new Axis(new int[length], new int[length], new int[length]);
      for (int i = 0; i < length; i++) {
        axis.low[i] = low[length - 1 - i];
        axis.high[i] = high[length - 1 - i];
        axis.share[i] = share[length - 1 - i];
      }
      return axis;
    }

    /** [pixels of the view, pixels of the image]: what each has of each. */
    float[][] shares() {
      float[][] shares = new float[low.length][low.length];
      for (int i = 0; i < low.length; i++) {
        shares[i][low[i]] += (float) (PARTS - share[i]) / PARTS;
        shares[i][high[i]] += (float) share[i] / PARTS;
      }
      return shares;
    }
  }

  /**
   * What each row of the view has of each row of an image.
   *
   * @return [rows of the view, rows of the image], multiples of 1/128, of which each row's sum is 1
   */
  public float[][] rowShares() {
    return rows.shares();
  }

  /** What each column of the view has of each column of an image; see {@link #rowShares}. */
  public float[][] columnShares() {
    return columns.shares();
  }

  /**
   * The views of images.
   *
   * @param images uint8 [images, height, width, 3]
   * @return the same
   */
  public byte[] of(byte[] images) {
    byte[] views = new byte[images.length];
    int row = size.width() * Rgb.CHANNELS;
    int image = size.height() * row;
    for (int start = 0; start < images.length; start += image) {
      for (int y = 0; y < size.height(); y++) {
        int upper = start + rows.low[y] * row;
        int lower = start + rows.high[y] * row;
        write(images, upper, lower, rows.share[y], views, start + y * row);
      }
    }
    return views;
  }

  private void write(byte[] images, int upper, int lower, int down, byte[] views, int to) {
    for (int x = 0; x < size.width(); x++) {
      int left = columns.low[x] * Rgb.CHANNELS;
      int right = columns.high[x] * Rgb.CHANNELS;
      int across = columns.share[x];
      for (int channel = 0; channel < Rgb.CHANNELS; channel++) {
        int above = between(images, upper + left + channel, upper + right + channel, across);
        int below = between(images, lower + left + channel, lower + right + channel, across);
        views[to + x * Rgb.CHANNELS + channel] = rounded(above * (PARTS - down) + below * down);
      }
    }
  }

  private static int between(byte[] images, int first, int second, int share) {
    return (images[first] & 0xFF) * (PARTS - share) + (images[second] & 0xFF) * share;
  }

  private static byte rounded(int squares) {
    int whole = squares / SQUARE;
    int rest = squares % SQUARE;
    boolean up = rest > SQUARE / 2 || rest == SQUARE / 2 && whole % 2 == 1;
    return (byte) (up ? whole + 1 : whole);
  }
}
