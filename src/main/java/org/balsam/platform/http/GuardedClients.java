package org.balsam.platform.http;

import java.net.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.balsam.kernel.ServerTrust;
import org.jspecify.annotations.Nullable;

/**
 * HTTP to addresses that people gave: no redirect is followed, no proxy used, nothing repeated, and
 * a call with everything in it ends at the time limit.
 *
 * @param outside reaches public addresses only
 * @param inside reaches those inside the network, too; no link-local and no multicast ones
 */
public record GuardedClients(OkHttpClient outside, OkHttpClient inside) {

  /**
   * Clients that trust the authorities of a PEM file.
   *
   * @param key the setting that names the file
   * @param certificates the file; without it the authorities of Java
   * @throws org.balsam.kernel.Invalid when the file holds no certificate
   */
  public static GuardedClients of(
      Duration connectTimeout, Duration timeLimit, String key, @Nullable Path certificates) {
    var client =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .proxy(Proxy.NO_PROXY)
            .connectTimeout(connectTimeout)
            .readTimeout(timeLimit)
            .writeTimeout(timeLimit)
            .callTimeout(timeLimit);
    ServerTrust.of(key, certificates)
        .ifPresent(
            trust -> client.sslSocketFactory(trust.context().getSocketFactory(), trust.manager()));
    return new GuardedClients(
        client.socketFactory(new GuardedSockets(AddressRules::isPublic)).build(),
        client.socketFactory(new GuardedSockets(AddressRules::isUsableInside)).build());
  }
}
