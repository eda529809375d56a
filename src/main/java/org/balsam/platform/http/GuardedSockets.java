package org.balsam.platform.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.function.Predicate;
import javax.net.SocketFactory;

/**
 * Makes sockets that connect to allowed addresses only. The address is looked at when the
 * connection is made, so that a name which is resolved differently the second time gains nothing.
 */
public final class GuardedSockets extends SocketFactory {

  private final Predicate<InetAddress> allowed;

  public GuardedSockets(Predicate<InetAddress> allowed) {
    this.allowed = allowed;
  }

  /** The address is not one that may be called. */
  public static final class Blocked extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static final class GuardedSocket extends Socket {

    private final Predicate<InetAddress> allowed;

    GuardedSocket(Predicate<InetAddress> allowed) {
      this.allowed = allowed;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      connect(endpoint, 0);
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (!(endpoint instanceof InetSocketAddress address)
          || address.isUnresolved()
          || !allowed.test(address.getAddress())) {
        throw new Blocked();
      }
      super.connect(endpoint, timeout);
    }
  }

  @Override
  public Socket createSocket() {
    return new GuardedSocket(allowed);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  private Socket connected(InetSocketAddress address) throws IOException {
    var socket = createSocket();
    socket.connect(address);
    return socket;
  }
}
