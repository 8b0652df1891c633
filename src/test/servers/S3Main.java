import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** S3 with everything in memory. Prints {@code ready} and its address, and ends when its stdin does. */
public final class S3Main {
  private S3Main() {}

  /** The argument is a bucket to make; the environment gives the one pair of keys. */
  public static void main(String[] arguments) throws Exception {
    try (TransientNio2BlobStore store = new TransientNio2BlobStore()) {
      store.createContainer(arguments[0]);
      S3Proxy server =
          S3Proxy.builder()
              .blobStore(store)
              .endpoint(URI.create("http://127.0.0.1:0"))
              .awsAuthentication(
                  AuthenticationType.AWS_V2_OR_V4,
                  System.getenv("AWS_ACCESS_KEY_ID"),
                  System.getenv("AWS_SECRET_ACCESS_KEY"))
              .build();
      server.start();
      System.out.println("ready http://127.0.0.1:" + server.getPort());
      while (System.in.read() >= 0) {}
      server.stop();
    }
    System.exit(0);
  }
}
