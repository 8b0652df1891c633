package io.convoy.storage;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells an address, name or key of a store that is wrong, or a store that is down, from bugs. */
public final class UnreachableStore {
  /** Of hadoop-aws, which convoy is compiled without: all that S3 or its client refuses. */
  private static final String S3A = "org.apache.hadoop.fs.s3a";

  private static final String NAME_END = "Exception: ";
  private static final String DETAILS = " (Service: ";

  private UnreachableStore() {}

  /**
   * What a user can mend of a failed operation, if anything.
   *
   * @param failed with a message that begins with the place and a colon, as {@link Storage} throws
   */
  public static Optional<UserException> behind(UncheckedIOException failed) {
    if (!isRefusal(failed.getCause())) {
      return Optional.empty();
    }
    String text = String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    String place = text.split(": ", 2)[0];
    // Amazon's client puts its exception's name before what the server said, and numbers after it.
    String said = text.split(Pattern.quote(DETAILS), 2)[0];
    int name = said.lastIndexOf(NAME_END);
    String reason =
        name < 0 ? said.substring(place.length()) : said.substring(name + NAME_END.length());
    return Optional.of(
        new UserException(
            "%s cannot be reached: %s; check its name, the address of the store, and your keys to it.",
            place, reason.replaceFirst("^: ", "")));
  }

  private static boolean isRefusal(IOException thrown) {
    return thrown instanceof AccessDeniedException
        || thrown instanceof SocketException
        || thrown instanceof SocketTimeoutException
        || thrown instanceof UnknownHostException
        || thrown.getClass().getName().startsWith(S3A);
  }
}
