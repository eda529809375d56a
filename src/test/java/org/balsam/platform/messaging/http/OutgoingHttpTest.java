package org.balsam.platform.messaging.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.balsam.platform.http.AddressRules;
import org.balsam.platform.http.GuardedSockets;
import org.balsam.platform.messaging.DeliveryTrouble;
import org.balsam.platform.messaging.HttpReceiver;
import org.balsam.platform.messaging.HttpReceiver.Answer;
import org.balsam.platform.messaging.HttpReceiver.Fault;
import org.balsam.platform.messaging.MessagingProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves by HTTP, and what does not. */
class OutgoingHttpTest {

  private static final Instant NOW = Instant.parse("2026-10-01T08:00:00Z");

  /** With time for receivers that do answer, on a machine that has more to do. */
  private static OutgoingHttp http(String... allowed) {
    return http(Duration.ofSeconds(30), allowed);
  }

  private static OutgoingHttp http(Duration limit, String... allowed) {
    return new OutgoingHttp(
        new MessagingProperties(
            Duration.ofSeconds(1), null, Set.of(allowed), null, limit, limit, null, null, Map.of()),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.0.9",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::a00:1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:a00:1::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void specialAddressesAreNotPublic(String address) throws IOException {
    assertThat(AddressRules.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1", "9.255.255.255", "100.63.0.1", "100.128.0.1", "172.15.0.1", "172.32.0.1",
        "192.0.1.1", "192.167.0.1", "198.17.0.1", "198.20.0.1", "223.255.255.1", "2a00:1450::1",
        "2600::1", "2001:4860::8888"
      })
  void otherAddressesArePublic(String address) throws IOException {
    assertThat(AddressRules.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1:PORT/",
        "https://localhost:PORT/",
        "https://[::1]:PORT/",
        "https://[::ffff:127.0.0.1]:PORT/",
        "https://2130706433:PORT/",
        "https://0.0.0.0:PORT/",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/"
      })
  void nothingConnectsInside(String url) throws IOException {
    try (var listening = new ServerSocket(0)) {
      listening.setSoTimeout(300);
      var http = http();
      var address =
          http.address(url.replace("PORT", String.valueOf(listening.getLocalPort())), "the.key");
      assertThatThrownBy(() -> http.get(address, Map.of()))
          .isInstanceOfSatisfying(DeliveryTrouble.class, t -> assertThat(t.isPermanent()).isTrue())
          .hasMessageContaining("balsam.messaging.allowed-hosts");
      assertThatThrownBy(listening::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void evenAnAllowedHostMayNotBeLinkLocal() {
    var http = http("169.254.169.254");
    var address = http.address("http://169.254.169.254/latest/meta-data/", "the.key");
    assertThatThrownBy(() -> http.get(address, Map.of()))
        .isInstanceOf(DeliveryTrouble.class)
        .hasMessageContaining("reserved");
  }

  /** A name that was public when it was looked at and is inside when it is connected to. */
  @Test
  void theAddressThatCountsIsTheOneConnectedTo() throws IOException {
    try (var socket = new GuardedSockets(AddressRules::isPublic).createSocket()) {
      var rebound = InetAddress.getByAddress("public.example", new byte[] {127, 0, 0, 1});
      assertThatThrownBy(() -> socket.connect(new InetSocketAddress(rebound, 80), 100))
          .isInstanceOf(GuardedSockets.Blocked.class);
      assertThatThrownBy(
              () -> socket.connect(InetSocketAddress.createUnresolved("public.example", 80)))
          .isInstanceOf(GuardedSockets.Blocked.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd", "ftp://a.example/", "jar:https://a.example!/", "http://a.example/",
        "//a.example/", "https://", "https://u:p@a.example/", ""
      })
  void addressesThatAreNoneAreRefusedWithoutBeingNamed(String text) {
    assertThatThrownBy(() -> http("b.example").address(text, "the.key"))
        .isInstanceOf(DeliveryTrouble.class)
        .hasMessageStartingWith("the.key gives")
        .hasMessageNotContaining("a.example");
  }

  @ParameterizedTest
  @CsvSource({
    "400,true",
    "401,true",
    "403,true",
    "404,true",
    "410,true",
    "301,true",
    "308,true",
    "408,false",
    "425,false",
    "429,false",
    "500,false",
    "502,false",
    "503,false"
  })
  void aStatusTellsWhetherToTryAgain(int status, boolean permanent) throws IOException {
    try (var receiver = new HttpReceiver(request -> new Answer(status, "the secret reply"))) {
      var http = http("127.0.0.1");
      var reply = http.get(http.address(receiver.url("/x"), "k"), Map.of());
      assertThatThrownBy(() -> http.require(reply))
          .isInstanceOfSatisfying(
              DeliveryTrouble.class, t -> assertThat(t.isPermanent()).isEqualTo(permanent))
          .hasMessageContaining(String.valueOf(status))
          .hasMessageNotContaining("secret");
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "120,PT2M",
        "0,PT0S",
        "'Thu, 01 Oct 2026 08:01:00 GMT',PT1M",
        "'Thu, 01 Oct 2026 07:00:00 GMT',none",
        "soon,none",
        "-1,none",
        "99999999999999999999,none"
      })
  void retryAfterIsSecondsOrADate(String header, Duration wait) {
    assertThat(RetryAfter.of(header, NOW)).isEqualTo(wait);
  }

  @Test
  void aReceiverThatHangsEndsAtTheTimeLimit() throws IOException {
    try (var receiver = new HttpReceiver(request -> new Answer(200, ""))) {
      receiver.doing(Fault.HANG);
      var http = http(Duration.ofSeconds(2), "127.0.0.1");
      var began = System.nanoTime();
      assertThatThrownBy(() -> http.get(http.address(receiver.url("/x"), "k"), Map.of()))
          .hasMessageContaining("within 2 s");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
    }
  }

  @Test
  void aHugeReplyIsReadToABound() throws IOException {
    try (var receiver = new HttpReceiver(request -> new Answer(200, "x".repeat(3 << 20)))) {
      var http = http("127.0.0.1");
      assertThat(http.get(http.address(receiver.url("/x"), "k"), Map.of()).text())
          .hasSize(512 << 10);
    }
  }

  @Test
  void nobodyThereIsTroubleThatMayPass() throws IOException {
    try (var deaf = new Socket()) {
      deaf.bind(new InetSocketAddress("127.0.0.1", 0));
      var http = http("127.0.0.1");
      var address = http.address("http://127.0.0.1:" + deaf.getLocalPort() + "/", "k");
      assertThatThrownBy(() -> http.get(address, Map.of()))
          .isInstanceOfSatisfying(DeliveryTrouble.class, t -> assertThat(t.isPermanent()).isFalse())
          .hasMessageContaining("takes no connection");
    }
  }
}
