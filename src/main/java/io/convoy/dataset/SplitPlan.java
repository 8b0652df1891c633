package io.convoy.dataset;

import io.convoy.failure.Amount;
import io.convoy.failure.Printable;
import io.convoy.failure.UserException;
import io.convoy.ingest.PhotoFile;
import io.convoy.ingest.PhotoListing;
import io.convoy.settings.Settings;
import io.convoy.settings.SplitWay.Given;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What is known of the split of photos before one is opened: the split that each comes with, and
 * the group that it belongs to.
 *
 * @param listing the photos, without those that no list names; one that should come with a split
 *     and has none is there with a fault
 * @param given the split of each path, where photos come with one
 * @param groups the group of each path that has one
 * @param leftOut how many photos no list names
 * @param remarks what is worth knowing of it, a line each
 */
public record SplitPlan(
    PhotoListing listing,
    Map<String, Split> given,
    Map<String, String> groups,
    long leftOut,
    List<String> remarks) {

  /**
   * What the settings ask of elsewhere.
   *
   * @param lines of a text file, by its path
   * @param split the word in the column {@code split} of the label file, by the photo's path; empty
   *     without the column
   * @param group that in the column {@code group}, likewise
   */
  public record Sources(
      Function<String, Stream<String>> lines,
      Optional<Function<String, Optional<String>>> split,
      Optional<Function<String, Optional<String>>> group) {
    /** Without a label file. */
    public static Sources of(Function<String, Stream<String>> lines) {
      return new Sources(lines, Optional.empty(), Optional.empty());
    }
  }

  /**
   * Plans the split.
   *
   * @throws UserException if no photo is for training, a photo is in two lists, or more photos have
   *     no split than may be rejected
   */
  public static SplitPlan of(PhotoListing listing, Settings settings, Sources sources) {
    List<String> remarks = new ArrayList<>();
    SplitPlan plan =
        settings
            .split()
            .way()
            .match(
                shares -> anew(listing, settings, remarks),
                counts -> anew(listing, settings, remarks),
                given -> given(given, listing, settings, sources, remarks));
    if (sources.split().isPresent() && !settings.split().way().takesLabels()) {
      remarks.add(
          "the label file's column of splits does not decide the split: split.by does; to take the"
              + " split as it is there, --set split.by=labels");
    }
    return plan.grouped(settings.split().group(), sources, remarks);
  }

  private static SplitPlan anew(PhotoListing listing, Settings settings, List<String> remarks) {
    new SplitFolders(settings.images().classes()).remark(listing).ifPresent(remarks::add);
    return new SplitPlan(listing, Map.of(), Map.of(), 0, remarks);
  }

  private static SplitPlan given(
      Given way, PhotoListing listing, Settings settings, Sources sources, List<String> remarks) {
    SplitFolders folders = new SplitFolders(settings.images().classes());
    return switch (way.source()) {
      case FOLDERS ->
          all(
              listing,
              folders::of,
              "no split: in none of the folders that split.by = folders looks for",
              settings,
              remarks);
      case LABELS -> {
        folders.remark(listing).ifPresent(remarks::add);
        Function<String, Optional<String>> column =
            sources
                .split()
                .orElseThrow(
                    () ->
                        new UserException(
                            "split.by = labels takes the split from the column %s of the label file,"
                                + " and there is no such file, or nothing in that column: give the"
                                + " file with --labels, name its column of splits in labels.split, or"
                                + " set split.by to another.",
                            Printable.of(settings.labels().split())));
        yield all(
            listing,
            path -> column.apply(path).flatMap(SplitFolders::named),
            "no split: the label file has none for it that is called train, validation or test",
            settings,
            remarks);
      }
      case LISTS -> {
        folders.remark(listing).ifPresent(remarks::add);
        yield listed(listing, new ListedNames(way.lists(), sources.lines()), remarks);
      }
    };
  }

  /** All photos should have a split: those that have none cannot be used. */
  private static SplitPlan all(
      PhotoListing listing,
      Function<String, Optional<Split>> splits,
      String fault,
      Settings settings,
      List<String> remarks) {
    Map<String, Split> given = new HashMap<>();
    List<PhotoFile> photos = new ArrayList<>();
    String first = "";
    long without = 0;
    for (PhotoFile photo : listing.photos()) {
      Optional<Split> split = splits.apply(photo.path());
      split.ifPresent(known -> given.put(photo.path(), known));
      if (split.isEmpty() && photo.fault().isEmpty()) {
        first = without == 0 ? photo.path() : first;
        without++;
      }
      photos.add(
          split.isPresent() || !photo.fault().isEmpty()
              ? photo
              : new PhotoFile(photo.path(), photo.bytes(), photo.modified(), fault));
    }
    requireTraining(listing, given, settings);
    double allowed = settings.images().maxRejected();
    String example = Printable.of(first);
    if (without > allowed * photos.size()) {
      throw new UserException(
          "%s: %,d of %,d images have %s, such as %s; that is more than the share of %s that"
              + " --max-rejected allows. Move them out of the folder, or raise --max-rejected.",
          listing.folder(), without, photos.size(), fault, example, allowed);
    }
    if (without > 0) {
      remarks.add(Amount.of(without, "photo") + " with " + fault + ", such as " + example);
    }
    remarks.add(0, found(given));
    return new SplitPlan(
        new PhotoListing(listing.folder(), photos, listing.passedOver()),
        given,
        Map.of(),
        0,
        remarks);
  }

  /** Published lists often name a part of the photos: the others are left out. */
  private static SplitPlan listed(PhotoListing listing, ListedNames names, List<String> remarks) {
    Map<String, Split> given = new HashMap<>();
    for (PhotoFile photo : listing.photos()) {
      names.of(photo.path()).ifPresent(split -> given.put(photo.path(), split));
    }
    List<PhotoFile> photos =
        listing.photos().stream().filter(photo -> given.containsKey(photo.path())).toList();
    if (!given.containsValue(Split.TRAIN)) {
      throw new UserException(
          "%s: none of its images (%,d), such as %s, is named in split.lists.train%s. Names are paths"
              + " below the folder or those of the files, with or without extension.",
          listing.folder(),
          listing.photos().size(),
          Printable.of(listing.photos().get(0).path()),
          names.remark().map(each -> " (" + each + ")").orElse(""));
    }
    remarks.add(0, found(given));
    long leftOut = listing.photos().size() - photos.size();
    if (leftOut > 0) {
      listing.photos().stream()
          .map(PhotoFile::path)
          .filter(path -> !given.containsKey(path))
          .findFirst()
          .ifPresent(
              first ->
                  remarks.add(
                      Amount.of(leftOut, "photo")
                          + " left out, as no list names them, such as "
                          + Printable.of(first)));
    }
    names.remark().ifPresent(remarks::add);
    return new SplitPlan(
        new PhotoListing(listing.folder(), photos, listing.passedOver()),
        given,
        Map.of(),
        leftOut,
        remarks);
  }

  private static void requireTraining(
      PhotoListing listing, Map<String, Split> given, Settings settings) {
    if (!given.containsValue(Split.TRAIN)) {
      throw new UserException(
          "%s: no image is for training: %s (%s). Name the folder or the split of some train, or split"
              + " by shares (--set split.by=shares).",
          listing.folder(),
          given.isEmpty()
              ? "no folder and no split is called train, validation or test"
              : found(given),
          "split.by = " + settings.split().way().match(s -> "shares", c -> "counts", Given::word));
    }
  }

  private static String found(Map<String, Split> given) {
    Map<Split, Long> photos = new EnumMap<>(Split.class);
    given.values().forEach(split -> photos.merge(split, 1L, Long::sum));
    List<String> parts = new ArrayList<>();
    photos.forEach((split, of) -> parts.add(String.format(Locale.ROOT, "%,d %s", of, split.key())));
    return "the photos come split: " + String.join(", ", parts);
  }

  private SplitPlan grouped(Optional<String> expression, Sources sources, List<String> told) {
    Function<String, Optional<String>> group =
        expression
            .map(Pattern::compile)
            .<Function<String, Optional<String>>>map(pattern -> path -> group(pattern, path))
            .or(sources::group)
            .orElse(path -> Optional.empty());
    if (expression.isEmpty() && sources.group().isEmpty()) {
      return this;
    }
    Map<String, String> of = new TreeMap<>();
    listing
        .photos()
        .forEach(photo -> group.apply(photo.path()).ifPresent(name -> of.put(photo.path(), name)));
    tellOfGroups(of, told);
    return new SplitPlan(listing, given, of, leftOut, told);
  }

  private static Optional<String> group(Pattern pattern, String path) {
    Matcher found = pattern.matcher(path);
    if (!found.find()) {
      return Optional.empty();
    }
    return Optional.ofNullable(found.groupCount() > 0 ? found.group(1) : found.group())
        .filter(name -> !name.isEmpty());
  }

  private void tellOfGroups(Map<String, String> of, List<String> told) {
    told.add(
        Amount.of(of.values().stream().distinct().count(), "group")
            + " of photos, of which each falls into one split");
    listing.photos().stream()
        .map(PhotoFile::path)
        .filter(path -> !of.containsKey(path))
        .findFirst()
        .ifPresent(
            first ->
                told.add(
                    Amount.of(listing.photos().size() - of.size(), "photo")
                        + " without a group, each of which is its own, such as "
                        + Printable.of(first)));
    Map<String, Split> firsts = new HashMap<>();
    Map<String, String> inTwo = new TreeMap<>();
    of.forEach(
        (path, group) -> {
          Split split = given.get(path);
          Split before = split == null ? null : firsts.putIfAbsent(group, split);
          if (before != null && before != split) {
            inTwo.putIfAbsent(group, before.key() + " and " + split.key());
          }
        });
    inTwo.entrySet().stream()
        .findFirst()
        .ifPresent(
            first ->
                told.add(
                    Amount.of(inTwo.size(), "group")
                        + " in two of the given splits, such as "
                        + Printable.of(first.getKey())
                        + " ("
                        + first.getValue()
                        + "): the split stays as it is given"));
  }

  /**
   * Refuses given splits that leave a class without training photos.
   *
   * @param classes in the order of their labels
   * @param label of a path
   * @throws UserException if there is such a class
   */
  public void requireTrained(List<String> classes, Function<String, OptionalInt> label) {
    if (given.isEmpty()) {
      return;
    }
    long[] train = new long[classes.size()];
    given.forEach(
        (path, split) -> {
          if (split == Split.TRAIN) {
            label.apply(path).ifPresent(of -> train[of]++);
          }
        });
    SplitNeeds.requireTrained(classes, of -> train[of]);
  }

  /**
   * How many photos train where they come split.
   *
   * @param toValidation the share of the training photos that validates where no others do
   */
  public long training(double toValidation) {
    long train = given.values().stream().filter(Split.TRAIN::equals).count();
    return given.containsValue(Split.VALIDATION)
        ? train
        : Math.max(1, Math.round(train * (1 - toValidation)));
  }

  /** The paths of the photos that may be used. */
  public List<String> paths() {
    return listing.photos().stream()
        .map(PhotoFile::path)
        .filter(path -> given.isEmpty() || given.containsKey(path))
        .toList();
  }

  /** The split that a photo comes with, by its path. */
  public Optional<Split> split(String path) {
    return Optional.ofNullable(given.get(path));
  }

  /** The group of a photo, by its path. */
  Optional<String> group(String path) {
    return Optional.ofNullable(groups.get(path));
  }

  /** Changes with any photo's given split or group; empty where there are none. */
  String fingerprint() {
    if (given.isEmpty() && groups.isEmpty()) {
      return "";
    }
    var digest = DigestUtils.getSha256Digest();
    for (PhotoFile photo : listing.photos()) {
      String path = photo.path();
      DigestUtils.updateDigest(
          digest, path + '\n' + given.get(path) + '\n' + groups.get(path) + '\n');
    }
    return "\n" + HexFormat.of().formatHex(digest.digest());
  }
}
