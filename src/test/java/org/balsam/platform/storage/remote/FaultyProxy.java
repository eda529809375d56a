package org.balsam.platform.storage.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to the server on which things go wrong: one fault for each of the next connections. */
final class FaultyProxy implements AutoCloseable {

  private static final String SLOW_DOWN =
      "<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>";

  private final ServerSocket listening;
  private final URI server;
  private final ConcurrentLinkedQueue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();

  /** What happens to a connection. */
  enum Fault {
    /** It is closed at once. */
    CLOSED,
    /** The answer is 503 SlowDown. */
    BUSY,
    /** It is closed after 100,000 bytes of answers. */
    CUT
  }

  FaultyProxy(URI server) throws IOException {
    this.server = server;
    listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  int connections() {
    return connections.get();
  }

  void next(Fault fault, int times) {
    for (var i = 0; i < times; i++) {
      faults.add(fault);
    }
  }

  private void accept() {
    try {
      while (true) {
        var client = listening.accept();
        connections.incrementAndGet();
        var fault = faults.poll();
        daemon(() -> serve(client, fault));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket client, Fault fault) {
    try (client) {
      if (fault == Fault.CLOSED) {
        return;
      }
      if (fault == Fault.BUSY) {
        refuse(client);
        return;
      }
      try (var upstream = new Socket(server.getHost(), server.getPort())) {
        daemon(() -> pump(client, upstream, Long.MAX_VALUE));
        pump(upstream, client, fault == Fault.CUT ? 100_000 : Long.MAX_VALUE);
      }
    } catch (IOException broken) {
      // as it happens on networks
    }
  }

  private static void refuse(Socket client) throws IOException {
    client.getInputStream().read(new byte[1 << 16]);
    var answer =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/xml\r\n"
            + "Connection: close\r\nContent-Length: "
            + SLOW_DOWN.length()
            + "\r\n\r\n"
            + SLOW_DOWN;
    client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    client.shutdownOutput();
    client.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private static void pump(Socket from, Socket to, long most) {
    try {
      InputStream in = from.getInputStream();
      var buffer = new byte[8192];
      var left = most;
      for (var n = in.read(buffer); n >= 0 && left > 0; n = in.read(buffer)) {
        to.getOutputStream().write(buffer, 0, (int) Math.min(n, left));
        left -= n;
      }
      to.close();
    } catch (IOException broken) {
      // the other side notices
    }
  }

  private static void daemon(Runnable work) {
    var thread = new Thread(work, "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
