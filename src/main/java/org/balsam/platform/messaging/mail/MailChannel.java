package org.balsam.platform.messaging.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.platform.messaging.Channel;
import org.balsam.platform.messaging.DeliveryTrouble;
import org.balsam.platform.messaging.Letter;
import org.balsam.platform.messaging.Links;
import org.balsam.platform.messaging.MessagingProperties;
import org.balsam.platform.messaging.Messenger.Notice;
import org.balsam.platform.messaging.Recipients;
import org.springframework.mail.MailException;

/**
 * Sends each person a mail of plain text. Its {@code Message-ID} is made of the notice's key, so a
 * mail that arrives twice is known by it.
 */
public final class MailChannel implements Channel {

  /** The name in preferences and dead letters. */
  public static final String NAME = "mail";

  private final MailServer server;
  private final InternetAddress from;
  private final Recipients recipients;
  private final Links links;

  /**
   * For the configured server, which is not called yet.
   *
   * @throws Invalid when the sender's address is none, or a file cannot be used
   */
  public MailChannel(
      MessagingProperties properties,
      MessagingProperties.Mail mail,
      Recipients recipients,
      Links links) {
    this.server = new MailServer(properties, mail);
    this.from = sender(mail.from());
    this.recipients = recipients;
    this.links = links;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> receivers(Notice notice) {
    return recipients.persons(notice);
  }

  @Override
  public void deliver(Letter letter) {
    var address =
        recipients
            .address(letter.receiver())
            .orElseThrow(() -> DeliveryTrouble.permanent("the person has no mail address"));
    try {
      var sender = server.sender();
      sender.send(fill(sender.createMimeMessage(), letter, receiver(address)));
    } catch (MailException trouble) {
      throw MailErrorMapper.explain(trouble);
    } catch (MessagingException unusable) {
      throw DeliveryTrouble.permanent("the mail cannot be written");
    }
  }

  @Override
  public void probe() {
    server.probe();
  }

  private MimeMessage fill(MimeMessage mail, Letter letter, InternetAddress to)
      throws MessagingException {
    var notice = letter.notice();
    mail.setFrom(from);
    mail.setRecipient(MimeMessage.RecipientType.TO, to);
    mail.setSubject(
        "[" + notice.project() + "] " + oneLine(notice.subject()), StandardCharsets.UTF_8.name());
    mail.setSentDate(Date.from(letter.at()));
    mail.setText(text(notice), StandardCharsets.UTF_8.name());
    mail.setHeader("Message-ID", "<" + letter.id() + "@balsam." + domain() + ">");
    mail.setHeader("Auto-Submitted", "auto-generated");
    return mail;
  }

  private String text(Notice notice) {
    return notice.text()
        + (notice.link().isEmpty() ? "" : "\n\n" + links.to(notice.link()))
        + "\n\n-- \nBalsam, project "
        + notice.project()
        + ". Which notices are mailed to you: "
        + links.to("/api/v1/me/notices")
        + "\n";
  }

  /** Nothing that a mail program takes for a line end, and nothing that it would decode to one. */
  private static String oneLine(String subject) {
    return subject.replaceAll("[\\p{Cc}\\u0085\\u2028\\u2029]", " ").replace("=?", "= ?");
  }

  private String domain() {
    return from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
  }

  private static InternetAddress receiver(String address) {
    try {
      return strict(address);
    } catch (AddressException malformed) {
      throw DeliveryTrouble.permanent("the person's mail address is malformed");
    }
  }

  private static InternetAddress sender(String address) {
    try {
      return strict(address);
    } catch (AddressException malformed) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          "balsam.messaging.mail.from",
          "is '" + address + "'; allowed: one address, for example balsam@nsi.example");
    }
  }

  private static InternetAddress strict(String address) throws AddressException {
    if (!address.matches("[^\\p{Cc}\\s<>,;]{1,64}@[A-Za-z0-9.-]{1,190}")) {
      throw new AddressException();
    }
    var parsed = new InternetAddress(address, true);
    parsed.validate();
    return parsed;
  }
}
