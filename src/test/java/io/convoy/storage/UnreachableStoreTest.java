package io.convoy.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.convoy.failure.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnreachableStoreTest {
  private static Optional<String> told(String place, IOException cause) {
    return UnreachableStore.behind(
            new UncheckedIOException(place + ": " + cause.getMessage(), cause))
        .map(UserException::getMessage);
  }

  @Test
  void aRefusedKeyIsToldByThePlaceAndTheStoresOwnWords() {
    IOException refused =
        new AccessDeniedException(
            "s3a://lab/photos",
            null,
            "com.amazonaws.AmazonS3Exception: Forbidden (Service: Amazon S3; Status Code: 403)");
    assertTold(
        "s3a://lab/photos: the store refuses your keys (Forbidden)", "s3a://lab/photos", refused);
  }

  @Test
  void missingKeysAreTold() {
    assertTold(
        "s3a://lab/photos: no keys to the store were found; set AWS_ACCESS_KEY_ID",
        "s3a://lab/photos",
        new AccessDeniedException("lab", null, "Unable to load AWS credentials from any provider"));
  }

  @Test
  void aServerThatDoesNotListenIsTold() {
    assertTold(
        "hdfs://h:1/photos cannot be reached: nothing listens at its address (Connection refused)",
        "hdfs://h:1/photos",
        new ConnectException("Connection refused\nmore"));
  }

  @Test
  void aHostThatIsUnknownIsTold() {
    assertTold(
        "hdfs://h/photos cannot be reached: unknown host (h)",
        "hdfs://h/photos",
        new UnknownHostException("h"));
  }

  @Test
  void aServerThatDoesNotAnswerIsTold() {
    assertTold(
        "hdfs://h/photos cannot be reached: its address does not answer (timed out)",
        "hdfs://h/photos",
        new IOException("timed out", new SocketTimeoutException("x")));
  }

  @Test
  void anotherProgramThanHdfsIsTold() {
    assertTold(
        "hdfs://h:80/x cannot be reached: what answers there is no name node of HDFS",
        "hdfs://h:80/x",
        new IOException("RPC response exceeds maximum data length"));
  }

  @Test
  void aConnectionThatBrokeIsTold() {
    assertTold(
        "hdfs://h/x: the connection broke (Connection reset)",
        "hdfs://h/x",
        new SocketException("Connection reset"));
  }

  @Test
  void aPlaceThatMayNotBeUsedIsToldWithTheUser() {
    assertTold(
        "file:/x: permission denied; as " + System.getProperty("user.name"),
        "file:/x",
        new FileNotFoundException("/x (Permission denied)"));
  }

  private static void assertTold(String start, String place, IOException cause) {
    String message = told(place, cause).orElseThrow();
    assertTrue(message.startsWith(start), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void anyOtherFailureMayBeABug() {
    assertEquals(Optional.empty(), told("/photos", new IOException("cut short")));
  }
}
