package org.balsam.platform.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.balsam.kernel.Installation;
import org.balsam.kernel.Invalid;
import org.balsam.platform.messaging.MessagingProperties.Mail;
import org.balsam.platform.messaging.MessagingProperties.Security;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mail to a real SMTP server (GreenMail) that asks for a password, behind STARTTLS. */
class MailChannelTest extends ChannelContract {

  private static final String PASSWORD = "p\u00e4ss-w0rd";
  @TempDir static Path folder;
  private static TestCertificate certificate;
  private static GreenMail server;

  private final FixedDirectory directory =
      new FixedDirectory().with("anna", "emp-industry/owner").with("bert", "emp-industry/quality");
  private SmtpFront front;
  private Channel channel;

  @BeforeAll
  static void startServer() throws IOException, InterruptedException {
    certificate = TestCertificate.make(folder);
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    server.setUser("balsam@nsi.example", "balsam", PASSWORD);
    server.getUserManager().setAuthRequired(true);
  }

  @AfterAll
  static void stopServer() {
    server.stop();
  }

  @BeforeEach
  void connect() throws Exception {
    server.purgeEmailFromAllMailboxes();
    front = new SmtpFront(server.getSmtp().getPort(), certificate.context(), false);
    channel = mail("localhost", Security.STARTTLS, PASSWORD, certificate.pem());
  }

  @AfterEach
  void disconnect() throws IOException {
    front.close();
  }

  @Override
  protected Channel hasty() throws IOException {
    return channels(HASTE, settings("localhost", Security.STARTTLS, PASSWORD), certificate.pem());
  }

  private Channel mail(String host, Security security, String password, Path certificates)
      throws IOException {
    return channels(PATIENCE, settings(host, security, password), certificates);
  }

  private Mail settings(String host, Security security, String password) throws IOException {
    var keys = Files.writeString(folder.resolve("keys"), "balsam\n" + password + "\n");
    return new Mail(
        host,
        front.port(),
        security,
        "balsam@nsi.example",
        security == Security.NONE ? null : keys);
  }

  private Channel channels(Duration limit, Mail mail, Path certificates) {
    return new MessagingConfiguration()
        .channels(
            properties(limit, mail, null, certificates, Map.of()),
            new Installation("nsi", "dev"),
            new Recipients(directory),
            Clock.systemUTC())
        .all()
        .get(0);
  }

  @Override
  protected Channel channel() {
    return channel;
  }

  private static List<MimeMessage> mails() {
    return Arrays.asList(server.getReceivedMessages());
  }

  @Override
  protected List<Read> read() {
    return mails().stream().map(MailChannelTest::read).toList();
  }

  private static Read read(MimeMessage mail) {
    try {
      return new Read(mail.getMessageID(), mail.getSubject() + "\n" + mail.getContent());
    } catch (Exception unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  @Override
  protected void doing(HttpReceiver.Fault fault) {
    front.fault =
        switch (fault) {
          case NONE -> SmtpFront.Fault.NONE;
          case BUSY -> SmtpFront.Fault.GREYLISTED;
          case REFUSE, REDIRECT -> SmtpFront.Fault.UNKNOWN_RECEIVER;
          case HANG -> SmtpFront.Fault.HANG;
          case BREAK -> SmtpFront.Fault.GONE_AFTER_DATA;
        };
  }

  @Override
  protected List<String> secrets() {
    return List.of(PASSWORD, "nsi.example", "anna", "nobody here", "come back");
  }

  @Override
  protected String receiver() {
    return "anna";
  }

  @Test
  void aMailIsPlainTextToOnePersonWithTheKeyAsItsId() throws Exception {
    channel.deliver(letter("emp-2026-q3-r0/released", "Out", "Now <b>bold</b>", 1));
    var mail = mails().get(0);
    assertThat(mail.getContentType()).startsWith("text/plain");
    assertThat(mail.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("anna@nsi.example");
    assertThat(mail.getFrom()).extracting(Object::toString).containsExactly("balsam@nsi.example");
    assertThat(mail.getMessageID()).isEqualTo("<emp-2026-q3-r0/released@balsam.nsi.example>");
    assertThat(mail.getSubject()).isEqualTo("[emp-industry] Out");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getSentDate().toInstant()).isEqualTo(AT);
    assertThat((String) mail.getContent())
        .contains("Now <b>bold</b>", BASE + "/api/v1/rounds/a", BASE + "/api/v1/me/notices");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Out\u0085Bcc: x@y.z",
        "\u2010 \u00e4\u00f6\u00fc \ud83d\ude00",
        "=?utf-8?q?=0d=0aBcc:_x?="
      })
  void aSubjectMakesNoHeader(String subject) throws Exception {
    channel.deliver(letter("k", subject, "t", 1));
    var mail = mails().get(0);
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getSubject()).startsWith("[emp-industry] ").doesNotContain("\r", "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna@nsi.example\r\nRCPT TO:<x@y.z>",
        "anna@nsi.example, x@y.z",
        "<anna@nsi.example>",
        "nobody",
        "a b@nsi.example"
      })
  void anAddressThatIsNoneIsNotWrittenTo(String address) {
    directory.addresses.put("anna", address);
    assertThatThrownBy(() -> channel.deliver(letter("k", "s", "t", 1)))
        .isInstanceOfSatisfying(DeliveryTrouble.class, t -> assertThat(t.isPermanent()).isTrue())
        .hasMessageContaining("malformed");
    directory.addresses.remove("anna");
    assertThatThrownBy(() -> channel.deliver(letter("k", "s", "t", 1)))
        .hasMessageContaining("no mail address");
    assertThat(mails()).isEmpty();
  }

  @Test
  void aMailWhoseReceiptWasLostComesTwiceWithTheSameId() throws Exception {
    front.fault = SmtpFront.Fault.GONE_AFTER_DATA;
    assertThatThrownBy(() -> channel.deliver(letter("a/b", "s", "t", 1)))
        .isInstanceOf(DeliveryTrouble.class);
    front.fault = SmtpFront.Fault.NONE;
    channel.deliver(letter("a/b", "s", "t", 2));
    assertThat(server.waitForIncomingEmail(TimeUnit.SECONDS.toMillis(60), 2)).isTrue();
    assertThat(read()).hasSize(2).extracting(Read::id).containsOnly("<a/b@balsam.nsi.example>");
  }

  @Test
  void aWrongPasswordIsSaidAndARotatedOneIsUsed() throws IOException {
    var wrong = mail("localhost", Security.STARTTLS, "wr0ng", certificate.pem());
    assertThatThrownBy(() -> wrong.deliver(letter("k", "s", "t", 1)))
        .isInstanceOf(DeliveryTrouble.class)
        .hasMessageContaining("user name and password")
        .hasMessageNotContaining("wr0ng");
    assertThatThrownBy(wrong::probe).hasMessageContaining("user name and password");
    Files.writeString(folder.resolve("keys"), "balsam\n" + PASSWORD + "\n");
    wrong.deliver(letter("k", "s", "t", 2));
    assertThat(mails()).hasSize(1);
  }

  @Test
  void aServerWithoutATrustedCertificateOfItsNameGetsNothing() throws IOException {
    var channels =
        List.of(
            mail("localhost", Security.STARTTLS, PASSWORD, null),
            mail("127.0.0.1", Security.STARTTLS, PASSWORD, certificate.pem()));
    for (var untrusted : channels) {
      assertThatThrownBy(() -> untrusted.deliver(letter("k", "s", "t", 1)))
          .isInstanceOf(DeliveryTrouble.class)
          .hasMessageContaining("certificate");
    }
    front.close();
    front = new SmtpFront(server.getSmtp().getPort(), null, false);
    var stripped = mail("localhost", Security.STARTTLS, PASSWORD, certificate.pem());
    assertThatThrownBy(() -> stripped.deliver(letter("k", "s", "t", 1)))
        .isInstanceOf(DeliveryTrouble.class);
    assertThat(mails()).isEmpty();
  }

  @Test
  void tlsFromTheFirstByteWorksToo() throws IOException {
    front.close();
    front = new SmtpFront(server.getSmtp().getPort(), certificate.context(), true);
    mail("localhost", Security.TLS, PASSWORD, certificate.pem()).deliver(letter("k", "s", "t", 1));
    assertThat(mails()).hasSize(1);
  }

  @Test
  void settingsThatCannotWorkStopTheStart() {
    assertThatThrownBy(() -> new Mail("h", 0, Security.NONE, "a@b.c", folder.resolve("keys")))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("balsam.messaging.mail.credentials-file");
    assertThatThrownBy(() -> new Mail("", 0, Security.TLS, "a@b.c", null))
        .hasMessageContaining("balsam.messaging.mail.host");
    assertThatThrownBy(
            () -> channels(PATIENCE, new Mail("h", 0, Security.TLS, "Balsam <a@b.c>", null), null))
        .hasMessageContaining("balsam.messaging.mail.from");
    assertThatThrownBy(
            () ->
                channels(
                    PATIENCE,
                    new Mail("h", 0, Security.TLS, "a@b.c", folder.resolve("missing")),
                    null))
        .hasMessageContaining("balsam.messaging.mail.credentials-file")
        .hasMessageContaining("missing");
    assertThatThrownBy(
            () ->
                channels(
                    PATIENCE,
                    new Mail("h", 0, Security.TLS, "a@b.c", null),
                    folder.resolve("none")))
        .hasMessageContaining("balsam.messaging.certificates");
    assertThat(new Mail("h", 0, Security.TLS, "a@b.c", null).port()).isEqualTo(465);
  }
}
