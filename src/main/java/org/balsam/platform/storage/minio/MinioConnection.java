package org.balsam.platform.storage.minio;

import io.minio.MinioAsyncClient;
import io.minio.credentials.Credentials;
import java.net.URI;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.balsam.kernel.ServerTrust;
import org.balsam.platform.storage.StorageProperties.Server;
import org.balsam.platform.storage.remote.ServerKeys;

/** Makes the library's client from the settings. */
final class MinioConnection {

  private MinioConnection() {}

  /** A client of the server at this address. */
  static MinioAsyncClient of(Server server, URI address) {
    var keys = new ServerKeys(server);
    var client =
        MinioAsyncClient.builder()
            .endpoint(address.toString())
            .region(server.region())
            .credentialsProvider(
                () -> {
                  var pair = keys.current();
                  return new Credentials(pair.access(), pair.secret(), pair.session(), null);
                })
            .httpClient(http(server), true)
            .build();
    if (server.pathStyle()) {
      client.disableVirtualStyleEndpoint();
    } else {
      client.enableVirtualStyleEndpoint();
    }
    return client;
  }

  /** The library's own HTTP client, as the settings want it. */
  static OkHttpClient http(Server server) {
    var http =
        new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .connectTimeout(server.connectTimeout())
            .readTimeout(server.readTimeout())
            .writeTimeout(server.readTimeout());
    ServerTrust.of("balsam.storage.server.certificates", server.certificates())
        .ifPresent(
            trust -> http.sslSocketFactory(trust.context().getSocketFactory(), trust.manager()));
    var client = http.build();
    client.dispatcher().setMaxRequests(256);
    client.dispatcher().setMaxRequestsPerHost(256);
    return client;
  }
}
