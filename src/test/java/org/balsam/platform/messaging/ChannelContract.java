package org.balsam.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.messaging.HttpReceiver.Fault;
import org.balsam.platform.messaging.Messenger.Kind;
import org.balsam.platform.messaging.Messenger.Notice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link Channel} does, against a receiver that is there. */
public abstract class ChannelContract {

  protected static final ProjectId PROJECT = new ProjectId("emp-industry");
  protected static final Instant AT = Instant.parse("2026-10-01T08:00:00Z");
  protected static final String BASE = "https://balsam.nsi.example/tools";

  /** A letter as its receiver reads it. */
  public record Read(String id, String text) {}

  /** How long a receiver may take that does answer, on a machine that has more to do. */
  protected static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long one is waited for that does not. */
  protected static final Duration HASTE = Duration.ofSeconds(1);

  /** The channel to a receiver that holds nothing. */
  protected abstract Channel channel();

  /** Another channel to the same receiver, for which it is waited no longer than {@link #HASTE}. */
  protected abstract Channel hasty() throws IOException;

  /** What the receiver has, in order of arrival. */
  protected abstract List<Read> read();

  /** What the receiver does from now on. */
  protected abstract void doing(Fault fault);

  /** What must be in no message. */
  protected abstract List<String> secrets();

  /** A receiver of the letter; a person for channels to persons. */
  protected abstract String receiver();

  protected static MessagingProperties properties(
      Duration limit,
      MessagingProperties.Mail mail,
      MessagingProperties.RocketChat chat,
      Path certificates,
      Map<String, MessagingProperties.Webhook> webhooks) {
    return new MessagingProperties(
        Duration.ofSeconds(1),
        URI.create(BASE + "/"),
        Set.of("127.0.0.1"),
        certificates,
        limit,
        limit,
        mail,
        chat,
        webhooks);
  }

  protected Letter letter(String key, String subject, String text, int attempt) {
    return new Letter(
        new Notice(key, Kind.RELEASE, PROJECT, List.of(), subject, text, "/api/v1/rounds/a"),
        receiver(),
        AT,
        attempt);
  }

  private Letter plain(int attempt) {
    return letter("emp-2026-q3-r0/released", "Released", "2026-Q3 is out.\nSee there.", attempt);
  }

  @Test
  void aLetterArrivesWhole() {
    channel().deliver(plain(1));
    assertThat(read()).hasSize(1);
    assertThat(read().get(0).text())
        .contains("emp-industry", "Released", "2026", "is out")
        .contains(BASE + "/api/v1/rounds/a");
    assertThat(read().get(0).id()).isNotBlank();
  }

  @Test
  void whoGetsALetterTwiceKnowsByItsId() {
    channel().deliver(plain(1));
    channel().deliver(plain(2));
    channel().deliver(letter("emp-2026-q4-r0/released", "Released", "Another", 1));
    assertThat(read().stream().map(Read::id).distinct()).hasSize(2);
    assertThat(read().get(read().size() - 1).id()).isNotEqualTo(read().get(0).id());
  }

  @Test
  void whatPeopleWriteStaysText() {
    channel()
        .deliver(
            letter(
                "k\u00e9y/\u20ac 1",
                "Caf\u00e9 <script>alert(1)</script> & *bold*",
                "Ask @all at [here](https://evil.example) <!channel> `x`\r\nBcc: evil@example.org",
                1));
    assertThat(read()).hasSize(1);
    assertThat(read().get(0).id()).matches("\\p{ASCII}+");
    assertThat(read().get(0).text()).contains("Caf\u00e9", "evil@").hasSizeLessThan(2_000);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "REFUSE", "REDIRECT"})
  void whatMayPassIsTriedAgain(Fault fault) throws IOException {
    doing(fault);
    var began = Instant.now();
    var trouble = trouble(fault);
    assertThat(trouble.isPermanent()).as(trouble.getMessage()).isFalse();
    assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(60));
    doing(Fault.NONE);
    channel().deliver(plain(2));
    assertThat(read().stream().map(Read::id).distinct()).hasSize(1);
  }

  @Test
  void aRefusalIsForGood() throws IOException {
    doing(Fault.REFUSE);
    assertThat(trouble(Fault.REFUSE).isPermanent()).isTrue();
    assertThat(read()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void troubleIsToldWithoutSecrets(Fault fault) throws IOException {
    doing(fault);
    assertThat(trouble(fault))
        .hasNoCause()
        .message()
        .isNotBlank()
        .doesNotContain(secrets())
        .doesNotContain("Exception", "127.0.0.1");
  }

  @Test
  void aProbeTellsWhetherTheReceiverIsThere() {
    channel().probe();
    assertThat(read()).isEmpty();
    doing(Fault.HANG);
    assertThatThrownBy(() -> hasty().probe())
        .isInstanceOf(DeliveryTrouble.class)
        .hasMessageContaining("answer");
  }

  @Test
  void theInstallationsProbeNamesTheChannelThatIsWrong() throws IOException {
    new MessagingProbe(new Channels(List.of(channel()))).check();
    doing(Fault.HANG);
    var probe = new MessagingProbe(new Channels(List.of(hasty())));
    assertThatThrownBy(probe::check)
        .isInstanceOf(ExternalFailure.class)
        .hasMessageContaining(channel().name() + ": ");
  }

  @Test
  void aProjectsPlaceIsOpenedAndClosedHoweverOften() {
    channel().open(PROJECT);
    channel().open(PROJECT);
    channel().close(PROJECT);
    channel().close(PROJECT);
    channel().open(PROJECT);
    assertThat(read()).isEmpty();
  }

  private DeliveryTrouble trouble(Fault fault) throws IOException {
    var channel = fault == Fault.HANG ? hasty() : channel();
    return catchThrowableOfType(DeliveryTrouble.class, () -> channel.deliver(plain(1)));
  }
}
