package io.convoy.sample;

/** The two classes that are drawn, and how Kaggle's cats and dogs lays them out. */
enum Animal {
  CAT("cats", "cat") {
    @Override
    Face face(Coat coat) {
      return new CatFace(coat);
    }
  },
  DOG("dogs", "dog") {
    @Override
    Face face(Coat coat) {
      return new DogFace(coat);
    }
  };

  private final String folder;
  private final String prefix;

  Animal(String folder, String prefix) {
    this.folder = folder;
    this.prefix = prefix;
  }

  /** The face that tells the class, in the given colours. */
  abstract Face face(Coat coat);

  /** The path below the output folder, {@code cats/cat.0.jpg} for the first cat. */
  String path(long index) {
    return folder + "/" + prefix + "." + index + ".jpg";
  }
}
