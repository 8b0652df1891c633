package io.convoy.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before an S3 server, and answers requests with 503 SlowDown in its place when it is told
 * to. All else passes unchanged, so that signatures, which cover the address, stay valid.
 */
public final class FlakyProxy implements AutoCloseable {
  private static final long ALL = Long.MAX_VALUE;
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+) *\r\n");
  private static final Pattern CONTINUE = Pattern.compile("(?i)\r\nexpect: *100-continue *\r\n");
  private static final String SLOW_DOWN =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
          + "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";

  private final URI target;
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong toRefuse = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong passed = new AtomicLong();

  /**
   * Listens from now on, and lets everything pass.
   *
   * @param target address of the server
   */
  public FlakyProxy(URI target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** Its own address, for the clients. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Refuses the next requests, of any connection. */
  public void refuseNext(long requests) {
    toRefuse.set(requests);
  }

  /** Refuses every request until {@link #passAll}. */
  public void refuseAll() {
    toRefuse.set(ALL);
  }

  /** Lets every request pass again. */
  public void passAll() {
    toRefuse.set(0);
  }

  /** How many requests it has refused. */
  public long refused() {
    return refused.get();
  }

  /** How many requests it has let pass. */
  public long passed() {
    return passed.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = open(server.accept());
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private Socket open(Socket socket) throws IOException {
    sockets.add(socket);
    // A request's body would wait for the other end's word on its head.
    socket.setTcpNoDelay(true);
    if (server.isClosed()) {
      socket.close();
    }
    return socket;
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = open(new Socket(target.getHost(), target.getPort()))) {
      threads.execute(() -> answer(upstream, client));
      InputStream in = client.getInputStream();
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        if (refuses()) {
          refuse(head, client);
          return;
        }
        pass(head, in, upstream.getOutputStream());
      }
    } catch (IOException e) {
      // Either end has gone, and so does the other.
    } finally {
      sockets.remove(client);
    }
  }

  private void answer(Socket upstream, Socket client) {
    try {
      upstream.getInputStream().transferTo(client.getOutputStream());
      client.close();
    } catch (IOException e) {
      // Either end has gone; the other thread closes both.
    } finally {
      sockets.remove(upstream);
    }
  }

  private boolean refuses() {
    return toRefuse.getAndUpdate(left -> left == ALL || left == 0 ? left : left - 1) > 0;
  }

  private void pass(String head, InputStream in, OutputStream out) throws IOException {
    passed.incrementAndGet();
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    copy(in, length(head), out);
  }

  private void refuse(String head, Socket client) throws IOException {
    refused.incrementAndGet();
    if (!CONTINUE.matcher(head).find()) {
      copy(client.getInputStream(), length(head), OutputStream.nullOutputStream());
    }
    String body = head.startsWith("HEAD ") ? "" : SLOW_DOWN;
    String answer =
        "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nConnection: close\r\n"
            + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body);
    client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
    client.shutdownOutput();
  }

  /** A request up to its empty line; empty at the end of the connection. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int end = 0;
    for (int read = in.read(); read >= 0; read = in.read()) {
      head.write(read);
      end = read == (end % 2 == 0 ? '\r' : '\n') ? end + 1 : read == '\r' ? 1 : 0;
      if (end == 4) {
        return head.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  private static long length(String head) {
    Matcher matcher = LENGTH.matcher(head);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  private static void copy(InputStream in, long bytes, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = bytes;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new IOException("the request was cut short");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
    out.flush();
  }

  /** Ends it and all of its connections. */
  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
