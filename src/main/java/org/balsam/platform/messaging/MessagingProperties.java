package org.balsam.platform.messaging;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people are told. Notices are always in the inbox of Balsam; each channel whose settings are
 * here is switched on besides. Secrets are named by their files, which are read at each use.
 *
 * @param interval how long a node waits between looks for notices that are due; 100 ms or more
 * @param publicUrl the address under which people reach Balsam, for links in notices; without it
 *     notices name the path only
 * @param allowedHosts hosts of webhooks and chat servers that may have addresses inside the
 *     network, and may be called by {@code http}; all others must be public and {@code https}
 * @param certificates a PEM file with the authorities that receivers' certificates are trusted by,
 *     instead of those of Java
 * @param connectTimeout how long a receiver may take to accept a connection
 * @param timeLimit how long a request by HTTP may take with everything, and how long a mail server
 *     may be silent; 1 s to 30 s
 * @param mail letters to persons by SMTP
 * @param rocketChat a private channel for each project on a Rocket.Chat server, and direct messages
 * @param webhooks incoming webhooks of chats, and receivers of CloudEvents, by a name of your
 *     choice; each has {@code dialect} ({@code mattermost}, {@code slack}, {@code rocket-chat} or
 *     {@code cloud-events}), {@code url-file} (a file whose first line is the address, which is a
 *     secret), {@code secret-file} (for {@code cloud-events}: a file whose first line is the key
 *     {@code whsec_…} of the signature), {@code projects} (which it hears of; all unless named) and
 *     {@code to-roles} (whether it hears what only some roles are told; {@code false} unless set)
 */
@ConfigurationProperties("balsam.messaging")
public record MessagingProperties(
    @DefaultValue("1s") Duration interval,
    @Nullable URI publicUrl,
    @DefaultValue Set<String> allowedHosts,
    @Nullable Path certificates,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("20s") Duration timeLimit,
    @Nullable Mail mail,
    @Nullable RocketChat rocketChat,
    @DefaultValue Map<String, Webhook> webhooks) {

  private static final String PREFIX = "balsam.messaging.";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Set<String> TAKEN = Set.of("in-app", "mail", "rocket-chat");

  /** How the connection to a mail server is protected. */
  public enum Security {
    STARTTLS,
    TLS,
    NONE
  }

  /** What a webhook understands. */
  public enum Dialect {
    MATTERMOST,
    SLACK,
    ROCKET_CHAT,
    CLOUD_EVENTS
  }

  public MessagingProperties {
    allowedHosts = Set.copyOf(allowedHosts);
    webhooks = Map.copyOf(webhooks);
    check("interval", interval.toMillis() >= 100, interval + "; allowed: 100ms or more");
    check(
        "public-url",
        publicUrl == null || isAddress(publicUrl),
        publicUrl + "; allowed: https://host/path without query");
    check("connect-timeout", within(connectTimeout), connectTimeout + "; allowed: 1s to 30s");
    check("time-limit", within(timeLimit), timeLimit + "; allowed: 1s to 30s");
    for (var name : webhooks.keySet()) {
      check(
          "webhooks." + name,
          NAME.matcher(name).matches() && !TAKEN.contains(name),
          "a name; allowed: 1 to 32 lower-case letters, digits and '-', a letter first, but "
              + TAKEN.stream().sorted().toList());
      var webhook = webhooks.get(name);
      check(
          "webhooks." + name + ".secret-file",
          (webhook.dialect() == Dialect.CLOUD_EVENTS) == (webhook.secretFile() != null),
          (webhook.secretFile() == null ? "not set" : "set")
              + "; it is required for the dialect cloud-events, and for no other");
    }
  }

  /**
   * A mail server.
   *
   * @param host its name
   * @param port 587 for {@code starttls}, 465 for {@code tls}, 25 for {@code none} unless set
   * @param security {@code starttls} and {@code tls} demand a trusted certificate of that host;
   *     {@code none} sends everything readable
   * @param from the sender's address
   * @param credentialsFile a file whose first line is the user name and whose second line is the
   *     password; without it Balsam does not sign in
   */
  public record Mail(
      String host,
      @DefaultValue("0") int port,
      @DefaultValue("starttls") Security security,
      String from,
      @Nullable Path credentialsFile) {

    public Mail {
      check("mail.host", isSet(host), "not set; the name of the mail server");
      check("mail.from", isSet(from), "not set; the address that mails are from");
      check("mail.port", port >= 0 && port <= 65_535, port + "; allowed: 1 to 65535");
      check(
          "mail.credentials-file",
          credentialsFile == null || security != Security.NONE,
          "set, but balsam.messaging.mail.security is none: the password would be readable");
      port = port == 0 ? standardPort(security) : port;
    }

    private static int standardPort(Security security) {
      return switch (security) {
        case STARTTLS -> 587;
        case TLS -> 465;
        case NONE -> 25;
      };
    }
  }

  /**
   * A Rocket.Chat server.
   *
   * @param url its address
   * @param credentialsFile a file whose first line is the id of Balsam's user there and whose
   *     second line is a personal access token of it
   * @param prefix what the names of channels begin with, before the project
   */
  public record RocketChat(URI url, Path credentialsFile, @DefaultValue("balsam-") String prefix) {

    public RocketChat {
      check("rocket-chat.url", url != null && isAddress(url), url + "; allowed: https://host");
      check(
          "rocket-chat.credentials-file",
          credentialsFile != null,
          "not set; a file with the user's id and a token of it");
      check(
          "rocket-chat.prefix",
          prefix.matches("[a-z][a-z0-9-]{0,19}"),
          prefix + "; allowed: 1 to 20 lower-case letters, digits and '-', a letter first");
    }
  }

  /** A webhook, described at {@code webhooks}. */
  public record Webhook(
      Dialect dialect,
      Path urlFile,
      @Nullable Path secretFile,
      @DefaultValue Set<String> projects,
      @DefaultValue("false") boolean toRoles) {

    public Webhook {
      check("webhooks.*.dialect", dialect != null, "not set");
      check("webhooks.*.url-file", urlFile != null, "not set; a file with the address");
      projects = Set.copyOf(projects);
    }
  }

  private static boolean isSet(@Nullable String value) {
    return value != null && !value.isBlank();
  }

  private static boolean within(Duration duration) {
    return duration.toSeconds() >= 1 && duration.toSeconds() <= 30;
  }

  private static boolean isAddress(URI url) {
    return ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
        && url.getHost() != null
        && url.getUserInfo() == null
        && url.getQuery() == null;
  }

  private static void check(String key, boolean right, String otherwise) {
    if (!right) {
      throw new Invalid(ErrorCode.INVALID_INPUT, PREFIX + key, "is " + otherwise);
    }
  }
}
