package io.convoy.ml;

import io.convoy.image.RawImage;
import io.convoy.image.UnusableImageException;
import io.convoy.ingest.PhotoPixels;
import io.convoy.ingest.RejectedFileException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What the photos of a column are, by the column's type. */
enum PhotoColumn {
  /** The bytes of files. */
  FILES {
    @Override
    byte[] pixels(Object value, PhotoPixels decoding) throws RejectedFileException {
      return decoding.ofFile((byte[]) value);
    }

    @Override
    byte[] file(Object value) {
      return value == null ? NOTHING : (byte[]) value;
    }
  },

  /** Images as Spark's image source reads them: pixels without their file's orientation. */
  IMAGES {
    @Override
    byte[] pixels(Object value, PhotoPixels decoding) throws RejectedFileException {
      return decoding.ofImage(image((Row) value));
    }

    @Override
    byte[] file(Object value) {
      try {
        return value == null ? NOTHING : image((Row) value).png();
      } catch (RejectedFileException | UnusableImageException e) {
        return NOTHING;
      }
    }
  };

  private static final byte[] NOTHING = {};

  /** What Spark's image source gives for a file that is no image. */
  private static final int UNDEFINED = -1;

  /** Of Spark's schema of an image, what is read here. */
  private static final Map<String, DataType> IMAGE =
      Map.of(
          "height", DataTypes.IntegerType,
          "width", DataTypes.IntegerType,
          "mode", DataTypes.IntegerType,
          "nChannels", DataTypes.IntegerType,
          "data", DataTypes.BinaryType);

  /** OpenCV's types of 8 bits a channel: grey, BGR and BGRA. */
  private static final List<Integer> BYTES = List.of(0, 16, 24);

  /**
   * The kind of a column.
   *
   * @throws IllegalArgumentException if there is no such column, or it has no photos
   */
  static PhotoColumn of(StructType schema, String name) {
    if (!List.of(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException(
          "There is no column %s of photos, but %s; name it with setFeaturesCol."
              .formatted(name, String.join(", ", schema.fieldNames())));
    }
    DataType type = schema.apply(name).dataType();
    if (type.equals(DataTypes.BinaryType)) {
      return FILES;
    }
    if (type instanceof StructType struct && isImage(struct)) {
      return IMAGES;
    }
    throw new IllegalArgumentException(
        "The column %s is %s, where photos are binary (the bytes of their files) or Spark's image;"
                .formatted(name, type.simpleString())
            + " name another with setFeaturesCol.");
  }

  private static boolean isImage(StructType struct) {
    List<String> names = List.of(struct.fieldNames());
    return IMAGE.entrySet().stream()
        .allMatch(
            field ->
                names.contains(field.getKey())
                    && struct.apply(field.getKey()).dataType().equals(field.getValue()));
  }

  /**
   * The kind of a value.
   *
   * @throws IllegalArgumentException if it is no photo
   */
  static PhotoColumn of(Object value) {
    if (value instanceof Row image && isImage(image.schema())) {
      return IMAGES;
    }
    if (value == null || value instanceof byte[]) {
      return FILES;
    }
    throw new IllegalArgumentException(
        "A value of type %s is no photo: give a binary column (the bytes of files), such as content, or"
            + " Spark's image.".formatted(value.getClass().getSimpleName()));
  }

  private static RawImage image(Row image) throws RejectedFileException {
    byte[] data = image.getAs("data");
    int height = number(image, "height");
    int width = number(image, "width");
    int mode = number(image, "mode");
    int channels = number(image, "nChannels");
    if (data == null || height == UNDEFINED || width == UNDEFINED || mode == UNDEFINED) {
      throw RejectedFileException.of("no image: Spark could not read it", NOTHING);
    }
    if (!BYTES.contains(mode)) {
      throw RejectedFileException.of("an image of OpenCV's type " + mode + ", not 8 bits", data);
    }
    return new RawImage(height, width, channels, data);
  }

  private static int number(Row image, String field) {
    Integer number = image.getAs(field);
    return number == null ? UNDEFINED : number;
  }

  abstract byte[] pixels(Object value, PhotoPixels decoding) throws RejectedFileException;

  /** The photo as a file; of no bytes where it is none, which is rejected when it is read. */
  abstract byte[] file(Object value);

  /**
   * The pixels of a photo.
   *
   * @param value of the column; null gives a reason as a bad photo does
   * @return uint8 [height, width, 3], RGB, of the size that the network takes
   * @throws RejectedFileException if it is no photo that can be used
   */
  byte[] read(Object value, PhotoPixels decoding) throws RejectedFileException {
    if (value == null) {
      throw RejectedFileException.of("null, and no photo", NOTHING);
    }
    return pixels(value, decoding);
  }
}
