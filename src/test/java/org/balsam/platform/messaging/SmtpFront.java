package org.balsam.platform.messaging;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Stands before a mail server: adds TLS and STARTTLS, hands everything else on line by line, and
 * makes the faults that a mail server or the network makes.
 */
final class SmtpFront implements AutoCloseable {

  /** What goes wrong. */
  enum Fault {
    NONE,
    /** 450 to the receiver. */
    GREYLISTED,
    /** 550 to the receiver. */
    UNKNOWN_RECEIVER,
    /** No greeting. */
    HANG,
    /** The server has the mail; the sender never hears of it. */
    GONE_AFTER_DATA
  }

  private final ServerSocket socket;
  private final int server;
  private final SSLContext tls;
  private final boolean wrapped;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  volatile Fault fault = Fault.NONE;

  /**
   * Before the server on a port of this machine.
   *
   * @param tls null for none
   * @param wrapped TLS from the first byte instead of STARTTLS
   */
  SmtpFront(int server, SSLContext tls, boolean wrapped) throws IOException {
    this.server = server;
    this.tls = tls;
    this.wrapped = wrapped;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var client = socket.accept();
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket plain) {
    try (var client = wrapped ? secured(plain) : plain;
        var upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
      if (fault == Fault.HANG) {
        client.getInputStream().read();
        return;
      }
      new Conversation(client, upstream).run();
    } catch (IOException over) {
      // the sender went away, which ends the conversation
    }
  }

  private SSLSocket secured(Socket plain) throws IOException {
    var secured =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
    secured.setUseClientMode(false);
    return secured;
  }

  private final class Conversation {

    private Socket client;
    private BufferedReader fromClient;
    private OutputStream toClient;
    private final BufferedReader fromServer;
    private final OutputStream toServer;

    Conversation(Socket client, Socket upstream) throws IOException {
      this.fromServer = reader(upstream);
      this.toServer = upstream.getOutputStream();
      use(client);
    }

    private void use(Socket now) throws IOException {
      client = now;
      fromClient = reader(now);
      toClient = now.getOutputStream();
    }

    void run() throws IOException {
      reply(false);
      for (var line = fromClient.readLine(); line != null; line = fromClient.readLine()) {
        var command = line.toUpperCase(Locale.ROOT);
        if (command.startsWith("STARTTLS")) {
          send(toClient, "220 go ahead");
          use(secured(client));
        } else if (command.startsWith("RCPT") && fault == Fault.GREYLISTED) {
          send(toClient, "450 4.7.1 <anna@nsi.example> come back later");
        } else if (command.startsWith("RCPT") && fault == Fault.UNKNOWN_RECEIVER) {
          send(toClient, "550 5.1.1 <anna@nsi.example> nobody here");
        } else {
          send(toServer, line);
          reply(command.startsWith("EHLO") && offersStartTls());
          if (command.startsWith("DATA")) {
            data();
          }
        }
      }
    }

    private boolean offersStartTls() {
      return tls != null && !wrapped && !(client instanceof SSLSocket);
    }

    private void data() throws IOException {
      String line;
      do {
        line = fromClient.readLine();
        send(toServer, line);
      } while (!".".equals(line));
      if (fault == Fault.GONE_AFTER_DATA) {
        fromServer.readLine();
        throw new IOException("gone");
      }
      reply(false);
    }

    private void reply(boolean offerStartTls) throws IOException {
      String line;
      do {
        line = fromServer.readLine();
        if (line == null) {
          throw new IOException("the server is gone");
        }
        if (offerStartTls && line.startsWith("250 ")) {
          send(toClient, "250-STARTTLS");
        }
        send(toClient, line);
      } while (line.length() > 3 && line.charAt(3) == '-');
    }
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  private static void send(OutputStream to, String line) throws IOException {
    to.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    to.flush();
  }
}
