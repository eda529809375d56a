package org.balsam.platform.messaging.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import org.balsam.platform.messaging.DeliveryTrouble;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;

/**
 * Says in words of its own what a mail server said: its replies may hold addresses and names. A
 * reply of 5xx to sender, receiver or content is for good, everything else may pass.
 */
final class MailErrorMapper {

  private MailErrorMapper() {}

  static DeliveryTrouble explain(MailException trouble) {
    if (trouble instanceof MailSendException several && several.getMessageExceptions().length > 0) {
      return explain(several.getMessageExceptions()[0]);
    }
    return explain(trouble.getCause() == null ? trouble : trouble.getCause());
  }

  static DeliveryTrouble explain(Throwable trouble) {
    for (Throwable next = trouble; next != null; next = next(next)) {
      if (next instanceof AuthenticationFailedException) {
        return DeliveryTrouble.temporary("the mail server does not take user name and password");
      }
      var code = replyCode(next);
      if (code > 0) {
        return code >= 500
            ? DeliveryTrouble.permanent("the mail server answered " + code)
            : DeliveryTrouble.temporary("the mail server answered " + code);
      }
      if (next instanceof SocketTimeoutException) {
        return DeliveryTrouble.temporary("the mail server did not answer in time");
      }
      if (next instanceof SSLException) {
        return DeliveryTrouble.temporary("the mail server's certificate or TLS cannot be trusted");
      }
    }
    return DeliveryTrouble.temporary("the mail server cannot be reached, or the connection broke");
  }

  private static Throwable next(Throwable trouble) {
    return trouble instanceof MessagingException several && several.getNextException() != null
        ? several.getNextException()
        : trouble.getCause();
  }

  private static int replyCode(Throwable trouble) {
    if (trouble instanceof SMTPAddressFailedException receiver) {
      return receiver.getReturnCode();
    }
    if (trouble instanceof SMTPSenderFailedException sender) {
      return sender.getReturnCode();
    }
    return trouble instanceof SMTPSendFailedException content ? content.getReturnCode() : 0;
  }
}
