package io.convoy.job;

import io.convoy.augment.Augmenter;
import io.convoy.augment.ContactSheet;
import io.convoy.augment.EpochAugmentation;
import io.convoy.cli.SampleCommand;
import io.convoy.failure.Amount;
import io.convoy.failure.UserException;
import io.convoy.image.ImageSize;
import io.convoy.settings.Architecture;
import io.convoy.settings.Augmentation;
import io.convoy.settings.ImageSettings;
import io.convoy.settings.Mixing;
import io.convoy.settings.Settings;
import io.convoy.storage.Storage;
import java.util.List;
import java.util.stream.Collectors;

/** {@code sample --augmented}: what a photo becomes in training, as a picture an architecture. */
public final class AugmentedJob {
  private static final String EXAMPLE = "conf/modern.conf";

  private final Context context;

  public AugmentedJob(Context context) {
    this.context = context;
  }

  /**
   * Draws the pictures: first the photo in the size of the networks' images, then what it becomes
   * in the first epochs.
   *
   * @throws UserException if the photo cannot be used, no architecture changes it, or the output
   *     folder is not free
   */
  public void run(SampleCommand.Augmented command) {
    Settings settings = SettingsFiles.resolve(command.settings(), context).settings();
    List<Architecture> augmenting = augmenting(settings.architectures());
    ImageSize size = size(settings.images(), command.epochs());
    Storage out = context.storage(command.out());
    Storage place = context.storage(command.photo());
    byte[] photo = InputPhoto.open(place, "--augmented", settings.images()).pixels(size);
    Outputs.check(out, command.existing(), place);
    Outputs.empty(out);
    for (Architecture architecture : augmenting) {
      Augmentation augmentation = architecture.recipe().augmentation();
      ContactSheet sheet = new ContactSheet(size, command.epochs() + 1);
      sheet.add(photo);
      for (int epoch = 1; epoch <= command.epochs(); epoch++) {
        sheet.add(
            augmented(
                photo,
                size,
                new EpochAugmentation(
                    augmentation, Mixing.NONE, 1, settings.train().seed(), epoch)));
      }
      byte[] png = sheet.png();
      Storage file = out.child(architecture.name() + ".png");
      file.write(stream -> stream.write(png));
      context.print(
          "%s: the photo, and what training makes of it in %s%n",
          file, Amount.of(command.epochs(), "epoch"));
    }
  }

  private static List<Architecture> augmenting(List<Architecture> architectures) {
    List<Architecture> augmenting =
        architectures.stream()
            .filter(each -> !each.recipe().augmentation().equals(Augmentation.NONE))
            .toList();
    if (augmenting.isEmpty()) {
      throw new UserException(
          "Nothing augments the photo: %s no augment block; give settings that have one, such as"
              + " --conf %s.",
          architectures.stream()
              .map(Architecture::name)
              .collect(Collectors.joining(", ", "", architectures.size() == 1 ? " has" : " have")),
          EXAMPLE);
    }
    return augmenting;
  }

  private static ImageSize size(ImageSettings images, int epochs) {
    if ((epochs + 1L) * images.height() * images.width() > ContactSheet.MOST_PIXELS) {
      throw new UserException(
          "--images %d: too many pictures of %d x %d pixels for one sheet; give fewer.",
          epochs, images.height(), images.width());
    }
    return new ImageSize(images.height(), images.width());
  }

  private static byte[] augmented(byte[] photo, ImageSize size, EpochAugmentation epoch) {
    byte[] pixels = photo.clone();
    try (Augmenter augmenter = epoch.open(size.height(), size.width())) {
      augmenter.augment(0, pixels, 0);
    }
    return pixels;
  }
}
