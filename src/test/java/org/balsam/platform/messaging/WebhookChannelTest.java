package org.balsam.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Invalid;
import org.balsam.platform.messaging.HttpReceiver.Answer;
import org.balsam.platform.messaging.HttpReceiver.Fault;
import org.balsam.platform.messaging.MessagingProperties.Dialect;
import org.balsam.platform.messaging.MessagingProperties.Webhook;
import org.balsam.platform.messaging.Messenger.Kind;
import org.balsam.platform.messaging.Messenger.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks of each dialect, made by the configuration as the application does. */
class WebhookChannelTest {

  private static final String PATH = "/hooks/T0SECRET/b1secret";
  private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes();
  private static final JsonMapper JSON = new JsonMapper();

  abstract static class Dialects extends ChannelContract {

    @TempDir Path folder;
    HttpReceiver receiver;
    Channel channel;

    abstract Dialect dialect();

    @BeforeEach
    void connect() throws IOException {
      receiver = new HttpReceiver(request -> new Answer(200, "ok"));
      channel = make(receiver.url(PATH), Set.of(), false);
    }

    @AfterEach
    void disconnect() {
      receiver.close();
    }

    @Override
    protected Channel hasty() throws IOException {
      return make(HASTE, receiver.url(PATH), Set.of(), false);
    }

    Channel make(String url, Set<String> projects, boolean toRoles) throws IOException {
      return make(PATIENCE, url, projects, toRoles);
    }

    private Channel make(Duration limit, String url, Set<String> projects, boolean toRoles)
        throws IOException {
      var address = Files.writeString(folder.resolve("url"), url + "\n");
      var secret =
          Files.writeString(
              folder.resolve("secret"), "whsec_" + Base64.getEncoder().encodeToString(KEY));
      var webhook =
          new Webhook(
              dialect(),
              address,
              dialect() == Dialect.CLOUD_EVENTS ? secret : null,
              projects,
              toRoles);
      return new MessagingConfiguration()
          .channels(
              properties(limit, null, null, null, Map.of("news", webhook)),
              new Installation("nsi", "dev"),
              new Recipients(new FixedDirectory()),
              Clock.fixed(AT, ZoneOffset.UTC))
          .all()
          .get(0);
    }

    JsonNode body(int number) {
      return json(posted().get(number).body());
    }

    List<HttpReceiver.Received> posted() {
      return receiver.received().stream().filter(r -> r.method().equals("POST")).toList();
    }

    @Override
    protected Channel channel() {
      return channel;
    }

    @Override
    protected List<Read> read() {
      return posted().stream()
          .map(r -> new Read(r.headers().get("webhook-id"), text(json(r.body()))))
          .toList();
    }

    String text(JsonNode body) {
      return body.path("text").asText();
    }

    @Override
    protected void doing(Fault fault) {
      receiver.doing(fault);
    }

    @Override
    protected List<String> secrets() {
      return List.of("T0SECRET", "b1secret", "whsec_", "slow down", "go away", "elsewhere");
    }

    @Override
    protected String receiver() {
      return "#webhook";
    }

    @Test
    void aReceiverThatAsksForTimeGetsIt() {
      receiver.doing(Fault.BUSY);
      assertThatThrownBy(() -> channel.deliver(letter("k", "s", "t", 1)))
          .isInstanceOfSatisfying(
              DeliveryTrouble.class, t -> assertThat(t.retryAfter()).hasSeconds(120));
    }

    @Test
    void redirectsAreNotFollowed() {
      receiver.doing(Fault.REDIRECT);
      assertThatThrownBy(() -> channel.deliver(letter("k", "s", "t", 1)))
          .isInstanceOfSatisfying(DeliveryTrouble.class, t -> assertThat(t.isPermanent()).isTrue())
          .hasMessageContaining("307");
      assertThat(receiver.received()).isEmpty();
    }

    @Test
    void theAddressIsReadAnewEachTime() throws IOException {
      Files.writeString(folder.resolve("url"), receiver.url("/hooks/rotated"));
      channel.deliver(letter("k", "s", "t", 1));
      assertThat(posted().get(0).path()).isEqualTo("/hooks/rotated");
      Files.delete(folder.resolve("url"));
      assertThatThrownBy(() -> channel.deliver(letter("k", "s", "t", 1)))
          .isInstanceOf(DeliveryTrouble.class)
          .hasMessageContaining("balsam.messaging.webhooks.news.url-file");
    }

    @Test
    void itHearsOfItsProjectsOnlyAndOfRolesOnlyIfItMay() throws IOException {
      var toAll = new Notice("k", Kind.TASK, PROJECT, List.of(), "s", "", "");
      var toOwner = new Notice("k", Kind.TASK, PROJECT, List.of("emp-industry/owner"), "s", "", "");
      assertThat(channel.receivers(toAll)).containsExactly("#webhook");
      assertThat(channel.receivers(toOwner)).isEmpty();
      assertThat(make(receiver.url(PATH), Set.of("lfs"), true).receivers(toAll)).isEmpty();
      assertThat(make(receiver.url(PATH), Set.of("emp-industry"), true).receivers(toOwner))
          .containsExactly("#webhook");
    }

    @ParameterizedTest
    @CsvSource({
      "file:///etc/passwd",
      "gopher://127.0.0.1/x",
      "http://chat.nsi.example/hook",
      "https://user:secret@chat.nsi.example/hook",
      "not an address"
    })
    void anAddressThatMayNotBeCalledStopsTheStart(String url) {
      assertThatThrownBy(() -> make(url, Set.of(), false))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("balsam.messaging.webhooks.news.url-file")
          .hasMessageNotContaining(url);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  @Nested
  class Slack extends Dialects {
    @Override
    Dialect dialect() {
      return Dialect.SLACK;
    }

    @Test
    void nobodyIsCalledAndNothingIsHidden() {
      channel.deliver(letter("k", "A & B", "<!channel> <https://evil.example|here>", 1));
      assertThat(text(body(0)))
          .isEqualTo(
              "*emp-industry: A &amp; B*\n&lt;!channel&gt; &lt;https://evil.example|here&gt;\n"
                  + BASE
                  + "/api/v1/rounds/a");
    }
  }

  @Nested
  class Mattermost extends Dialects {
    @Override
    Dialect dialect() {
      return Dialect.MATTERMOST;
    }

    @Test
    void nobodyIsCalledAndNothingIsHidden() {
      channel.deliver(letter("k", "A", "@all see [here](https://evil.example) `code`", 1));
      assertThat(text(body(0)))
          .contains("@\u2060all see \\[here\\]\\(https://evil.example\\) \\`code\\`");
    }
  }

  @Nested
  class RocketChat extends Dialects {
    @Override
    Dialect dialect() {
      return Dialect.ROCKET_CHAT;
    }
  }

  @Nested
  class CloudEvents extends Dialects {
    @Override
    Dialect dialect() {
      return Dialect.CLOUD_EVENTS;
    }

    @Override
    String text(JsonNode body) {
      var data = body.path("data");
      return data.path("project").asText()
          + data.path("subject").asText()
          + data.path("text").asText()
          + data.path("link").asText();
    }

    @Test
    void theEventIsWhatTheSpecificationSays() {
      channel.deliver(letter("emp/2026 released", "Out", "Now", 1));
      var event = body(0);
      assertThat(posted().get(0).headers().get("content-type"))
          .isEqualTo("application/cloudevents+json; charset=utf-8");
      assertThat(event.path("specversion").asText()).isEqualTo("1.0");
      assertThat(event.path("id").asText()).isEqualTo("emp/2026%20released");
      assertThat(event.path("source").asText()).isEqualTo("/balsam/nsi/dev");
      assertThat(event.path("type").asText()).isEqualTo("org.balsam.notice.release.v1");
      assertThat(event.path("time").asText()).isEqualTo("2026-10-01T08:00:00Z");
      assertThat(event.path("data").path("key").asText()).isEqualTo("emp/2026 released");
    }

    @Test
    void theSignatureCoversIdTimeAndBody() throws Exception {
      channel.deliver(letter("a", "Out", "Caf\u00e9", 1));
      var sent = posted().get(0);
      var headers = sent.headers();
      assertThat(headers.get("webhook-timestamp")).isEqualTo("" + AT.getEpochSecond());
      assertThat(headers.get("webhook-signature"))
          .isEqualTo(sign(headers.get("webhook-id"), headers.get("webhook-timestamp"), sent.body()))
          .isNotEqualTo(sign("b", headers.get("webhook-timestamp"), sent.body()))
          .isNotEqualTo(sign("a", "" + (AT.getEpochSecond() + 1), sent.body()))
          .isNotEqualTo(sign("a", headers.get("webhook-timestamp"), sent.body() + " "));
    }

    @Test
    void aKeyThatIsNoneStopsTheStart() throws IOException {
      for (var key : List.of("secret", "whsec_", "whsec_c2hvcnQ=", "whsec_!!!")) {
        var webhook =
            new Webhook(
                Dialect.CLOUD_EVENTS,
                folder.resolve("url"),
                Files.writeString(folder.resolve("bad"), key),
                Set.of(),
                false);
        assertThatThrownBy(
                () ->
                    new MessagingConfiguration()
                        .channels(
                            properties(PATIENCE, null, null, null, Map.of("news", webhook)),
                            new Installation("nsi", "dev"),
                            new Recipients(new FixedDirectory()),
                            Clock.systemUTC()))
            .isInstanceOf(Invalid.class)
            .hasMessageContaining("secret-file")
            .hasMessageNotContaining("c2hvcnQ=");
      }
    }

    /** Written by the specification, not by the code under test. */
    private static String sign(String id, String seconds, String body) throws Exception {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
      var text = id + "." + seconds + "." + body;
      return "v1,"
          + Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
