package org.balsam.platform.identity.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.balsam.kernel.ExternalFailure;
import org.balsam.platform.identity.IdentityProperties.Keycloak;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate that no authority of Java signed, and one that never answers. */
class RealmTrustTest {

  private static final String PASSWORD = "password";

  @TempDir Path folder;
  private HttpsServer server;

  @BeforeEach
  void serve() throws Exception {
    keytool("-genkeypair -alias one -keyalg RSA -dname CN=one -ext san=ip:127.0.0.1 -validity 2");
    keytool("-exportcert -rfc -alias one -file " + folder.resolve("ca.pem"));
    var store = KeyStore.getInstance(folder.resolve("store").toFile(), PASSWORD.toCharArray());
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    var tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    var token =
        "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":60}"
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/realms/nsi/protocol/openid-connect/token",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, token.length);
          exchange.getResponseBody().write(token);
          exchange.close();
        });
    server.createContext("/admin/realms/nsi/users/slow", exchange -> await());
    server.setExecutor(java.util.concurrent.Executors.newCachedThreadPool());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    ((java.util.concurrent.ExecutorService) server.getExecutor()).shutdownNow();
  }

  @Test
  void theNamedAuthorityIsTrustedAndNoOtherIs() {
    assertThat(realm(folder.resolve("ca.pem")).ownToken()).isEqualTo("a");
    assertThatThrownBy(() -> realm(null).ownToken())
        .isInstanceOf(ExternalFailure.class)
        .hasMessageContaining("balsam.identity.keycloak.certificates");
  }

  @Test
  void aServerThatNeverAnswersIsGivenUpInTime() {
    var start = System.nanoTime();
    var hasty = realm(folder.resolve("ca.pem"), Duration.ofSeconds(2));
    assertThatThrownBy(() -> hasty.user("slow"))
        .isInstanceOfSatisfying(
            ExternalFailure.class, failure -> assertThat(failure.retryable()).isTrue())
        .hasMessageContaining("does not answer");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(50));
  }

  private RealmAdmin realm(@Nullable Path certificates) {
    return realm(certificates, Duration.ofSeconds(60));
  }

  private RealmAdmin realm(@Nullable Path certificates, Duration limit) {
    var address = "https://127.0.0.1:" + server.getAddress().getPort() + "/realms/nsi";
    return new RealmAdmin(
        new RealmConnection(
            new Keycloak(
                URI.create(address),
                null,
                "balsam",
                null,
                "secret",
                "balsam-api",
                Duration.ZERO,
                certificates,
                limit,
                limit)),
        Clock.systemUTC());
  }

  private static void await() {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void keytool(String arguments) throws Exception {
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(
        List.of("-keystore", folder.resolve("store").toString(), "-storepass", PASSWORD));
    var output = folder.resolve("keytool.log");
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    assertThat(process.start().waitFor()).as(Files.readString(output)).isZero();
  }
}
