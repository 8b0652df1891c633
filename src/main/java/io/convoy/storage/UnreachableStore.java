package io.convoy.storage;

import io.convoy.failure.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.hadoop.ipc.RpcException;
import org.apache.hadoop.net.ConnectTimeoutException;
import org.apache.hadoop.security.AccessControlException;

/** Tells an address, name or key of a store that is wrong, or a store that is down, from bugs. */
public final class UnreachableStore {
  /**
   * The package of hadoop-aws, which convoy is compiled without: all that S3 or its client refuses.
   */
  private static final String S3A = "org.apache.hadoop.fs.s3a";

  private static final String NAME_END = "Exception: ";
  private static final String DETAILS = " (Service: ";

  /** What S3's client says where it has found no keys. */
  private static final Pattern NO_KEYS =
      Pattern.compile("no aws credentials|unable to load (aws )?credentials|noauthwithaws");

  /** What HDFS's client says where another program answers. */
  private static final Pattern OTHER_PROTOCOL =
      Pattern.compile("rpc response|end of file exception between local host|protocol message");

  private final String place;
  private final String reason;
  private final List<Throwable> causes = new ArrayList<>();

  private UnreachableStore(String place, String reason, Throwable thrown) {
    this.place = place;
    this.reason = reason;
    for (Throwable cause = thrown;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
  }

  /**
   * What a user can mend of a failed operation, if anything.
   *
   * @param failed with a message that begins with the place and a colon, as {@link Storage} throws
   */
  public static Optional<UserException> behind(UncheckedIOException failed) {
    String text = firstLine(failed);
    String place = text.split(": ", 2)[0];
    return new UnreachableStore(place, reason(text.substring(place.length())), failed.getCause())
        .told();
  }

  /** What a user can mend of a failed operation on a place, if anything. */
  static Optional<UserException> behind(String place, IOException failed) {
    return new UnreachableStore(place, reason(firstLine(failed)), failed).told();
  }

  /**
   * Amazon's client puts its exception's name before what the server said, and numbers after it.
   */
  private static String reason(String text) {
    String said = text.split(Pattern.quote(DETAILS), 2)[0];
    int name = said.lastIndexOf(NAME_END);
    return (name < 0 ? said : said.substring(name + NAME_END.length())).replaceFirst("^: ", "");
  }

  private Optional<UserException> told() {
    if (says(NO_KEYS)) {
      return told(
          "%s: no keys to the store were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
              + " spark.hadoop.fs.s3a.access.key and spark.hadoop.fs.s3a.secret.key.",
          place);
    }
    if (is(UnknownHostException.class)) {
      return told(
          "%s cannot be reached: unknown host (%s); check the host's name in the path, or the"
              + " store's address in Spark's settings (for S3: spark.hadoop.fs.s3a.endpoint).",
          place, reason);
    }
    if (is(SocketTimeoutException.class)
        || is(ConnectTimeoutException.class)
        || is(NoRouteToHostException.class)) {
      return told(
          "%s cannot be reached: its address does not answer (%s); check the host and the port,"
              + " the network between, and that the store runs.",
          place, reason);
    }
    if (is(ConnectException.class)) {
      return told(
          "%s cannot be reached: nothing listens at its address (%s); check the host and the port,"
              + " and that the store runs.",
          place, reason);
    }
    if (is(SSLException.class)) {
      return told(
          "%s cannot be reached: no secure connection (%s); check whether the store's address is"
              + " http or https, and its certificate.",
          place, reason);
    }
    if (is(RpcException.class) || says(OTHER_PROTOCOL)) {
      return told(
          "%s cannot be reached: what answers there is no name node of HDFS (%s); check the port.",
          place, reason);
    }
    if (is(SocketException.class)) {
      return told(
          "%s: the connection broke (%s); what was finished is kept: start the same command again to"
              + " go on.",
          place, reason);
    }
    return refused();
  }

  private Optional<UserException> refused() {
    boolean isS3 = place.startsWith("s3") || isOfS3();
    if (is(AccessDeniedException.class) && isS3) {
      return told(
          "%s: the store refuses your keys (%s); check them, and that they may read there, and write"
              + " where convoy writes.",
          place, reason);
    }
    if (is(AccessDeniedException.class) || is(AccessControlException.class) || isLocallyDenied()) {
      return told(
          "%s: permission denied; as %s you may not do this there: change the permissions of the"
              + " place and the folders above it, or name another place.",
          place, System.getProperty("user.name"));
    }
    return isOfS3()
        ? told(
            "%s: the store refuses: %s; check the bucket's name, the store's address and region"
                + " (spark.hadoop.fs.s3a.endpoint), and your keys to it.",
            place, reason)
        : Optional.empty();
  }

  private boolean is(Class<? extends Throwable> type) {
    return causes.stream().anyMatch(type::isInstance);
  }

  private boolean says(Pattern words) {
    return causes.stream()
        .anyMatch(cause -> words.matcher(cause.toString().toLowerCase(Locale.ROOT)).find());
  }

  private boolean isOfS3() {
    return causes.stream().anyMatch(cause -> cause.getClass().getName().startsWith(S3A));
  }

  /** A local disk says so with the exception of a file that is missing. */
  private boolean isLocallyDenied() {
    return causes.stream()
        .filter(FileNotFoundException.class::isInstance)
        .anyMatch(denied -> String.valueOf(denied.getMessage()).endsWith("(Permission denied)"));
  }

  private static Optional<UserException> told(String format, Object... arguments) {
    return Optional.of(new UserException(format, arguments));
  }

  /** The first line of what was thrown, or its type where it says nothing. */
  static String firstLine(Exception thrown) {
    return Optional.ofNullable(thrown.getMessage())
        .flatMap(text -> text.lines().findFirst())
        .orElse(thrown.getClass().getSimpleName());
  }
}
