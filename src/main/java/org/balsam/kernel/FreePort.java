package org.balsam.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port of this machine for a server that binds it only later. */
public final class FreePort {

  private static final int FIRST = 20_000;
  private static final int END = 30_000;
  private static final int ATTEMPTS = 1_000;

  private FreePort() {}

  /**
   * One that is free, of those that the system gives to nobody who asks for any port: nobody else
   * is likely to have it when the server binds it.
   *
   * @throws IllegalStateException when there is none
   */
  public static int find() {
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      var port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no port from " + FIRST + " to " + (END - 1) + " is free");
  }

  private static boolean isFree(int port) {
    try (var attempt = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return attempt.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
