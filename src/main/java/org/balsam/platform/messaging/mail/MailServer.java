package org.balsam.platform.messaging.mail;

import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.balsam.kernel.ServerTrust;
import org.balsam.platform.messaging.MessagingProperties;
import org.balsam.platform.messaging.MessagingProperties.Mail;
import org.balsam.platform.messaging.MessagingProperties.Security;
import org.balsam.platform.messaging.SecretFile;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The configured mail server, with the password as it is now. */
final class MailServer {

  private final Mail mail;
  private final @Nullable SecretFile credentials;
  private final Properties settings;

  MailServer(MessagingProperties properties, Mail mail) {
    this.mail = mail;
    this.credentials =
        mail.credentialsFile() == null
            ? null
            : new SecretFile("balsam.messaging.mail.credentials-file", mail.credentialsFile());
    if (credentials != null) {
      credentials.check(2);
    }
    this.settings = settings(properties, mail.security());
  }

  /** What sends one mail by a connection of its own. */
  JavaMailSenderImpl sender() {
    var sender = new JavaMailSenderImpl();
    sender.setHost(mail.host());
    sender.setPort(mail.port());
    sender.setProtocol(mail.security() == Security.TLS ? "smtps" : "smtp");
    sender.setDefaultEncoding(StandardCharsets.UTF_8.name());
    sender.setJavaMailProperties(settings);
    if (credentials != null) {
      var lines = credentials.lines(2);
      sender.setUsername(lines.get(0));
      sender.setPassword(lines.get(1));
    }
    return sender;
  }

  /** Connects and signs in. */
  void probe() {
    try {
      sender().testConnection();
    } catch (MessagingException trouble) {
      throw MailErrorMapper.explain(trouble);
    }
  }

  private static Properties settings(MessagingProperties properties, Security security) {
    var settings = new Properties();
    var prefix = security == Security.TLS ? "mail.smtps." : "mail.smtp.";
    settings.put(prefix + "connectiontimeout", millis(properties.connectTimeout().toMillis()));
    settings.put(prefix + "timeout", millis(properties.timeLimit().toMillis()));
    settings.put(prefix + "writetimeout", millis(properties.timeLimit().toMillis()));
    settings.put(prefix + "ssl.checkserveridentity", "true");
    settings.put(prefix + "starttls.enable", String.valueOf(security == Security.STARTTLS));
    settings.put(prefix + "starttls.required", String.valueOf(security == Security.STARTTLS));
    settings.put(prefix + "quitwait", "false");
    ServerTrust.of("balsam.messaging.certificates", properties.certificates())
        .ifPresent(
            trust ->
                settings.put(prefix + "ssl.socketFactory", trust.context().getSocketFactory()));
    return settings;
  }

  private static String millis(long millis) {
    return Long.toString(millis);
  }
}
