package io.convoy.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.convoy.failure.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
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
    assertEquals(
        Optional.of(
            "s3a://lab/photos cannot be reached: Forbidden; check its name, the address of"
                + " the store, and your keys to it."),
        told("s3a://lab/photos", refused));
  }

  @Test
  void aServerThatDoesNotListenIsTold() {
    assertEquals(
        Optional.of(
            "hdfs://h:1/photos cannot be reached: Connection refused; check its name, the address"
                + " of the store, and your keys to it."),
        told("hdfs://h:1/photos", new ConnectException("Connection refused\nmore")));
  }

  @Test
  void anyOtherFailureMayBeABug() {
    assertEquals(Optional.empty(), told("/photos", new IOException("cut short")));
  }
}
