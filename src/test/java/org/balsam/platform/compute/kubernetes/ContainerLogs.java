package org.balsam.platform.compute.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The part of a kubelet's server that the API server asks for logs. */
final class ContainerLogs implements AutoCloseable {

  /** Finds the log of a container. */
  interface Finder {
    Optional<Path> find(String namespace, String pod, String container);
  }

  private final HttpsServer server;
  private final Finder finder;

  ContainerLogs(Finder finder) throws Exception {
    this.finder = finder;
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls()));
    server.createContext("/containerLogs/", this::answer);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              var thread = new Thread(work, "kubelet-logs");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var parts = exchange.getRequestURI().getPath().split("/");
      var log = finder.find(parts[2], parts[3], parts[4]);
      var content = log.isPresent() ? Files.readAllBytes(log.get()) : new byte[0];
      exchange.sendResponseHeaders(
          log.isPresent() ? 200 : 404, content.length == 0 ? -1 : content.length);
      exchange.getResponseBody().write(content);
    }
  }

  private static SSLContext tls() throws Exception {
    var file = Files.createTempDirectory("balsam-kubelet-tls").resolve("key.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var process =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "kubelet",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=kubelet",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                "kubelet")
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("keytool failed");
    }
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      keys.load(in, "kubelet".toCharArray());
    }
    Files.delete(file);
    Files.delete(file.getParent());
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "kubelet".toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
