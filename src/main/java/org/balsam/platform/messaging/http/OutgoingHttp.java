package org.balsam.platform.messaging.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.balsam.platform.http.GuardedClients;
import org.balsam.platform.http.GuardedSockets;
import org.balsam.platform.messaging.DeliveryTrouble;
import org.balsam.platform.messaging.MessagingProperties;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to receivers. Only {@code https} leaves, and only to public addresses; hosts that
 * settings allow may be inside and may be {@code http}. Nothing is redirected, no proxy is used,
 * nothing is repeated, and a call with everything in it ends at the time limit. Safe from any
 * thread.
 */
public final class OutgoingHttp {

  private static final int LONGEST_REPLY = 512 << 10;

  private final Set<String> insiders;
  private final GuardedClients clients;
  private final String limit;
  private final Clock clock;

  public OutgoingHttp(MessagingProperties properties, Clock clock) {
    this.insiders =
        properties.allowedHosts().stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    this.clock = clock;
    this.limit = properties.timeLimit().toSeconds() + " s";
    this.clients =
        GuardedClients.of(
            properties.connectTimeout(),
            properties.timeLimit(),
            "balsam.messaging.certificates",
            properties.certificates());
  }

  /**
   * What a receiver answered, at most 512 KiB of it.
   *
   * @param retryAfter the header of that name, null without
   */
  public record Reply(int status, String text, @Nullable String retryAfter) {

    /** Whether the receiver took what was sent. */
    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }

  /**
   * The address that a setting gives.
   *
   * @throws DeliveryTrouble permanent, without the address, when it is none that may be called
   */
  public HttpUrl address(String text, String key) {
    var url = HttpUrl.parse(text);
    if (url == null || !(url.isHttps() || insiders.contains(url.host()))) {
      throw DeliveryTrouble.permanent(
          key
              + " gives no address that may be called; allowed: https, and http for the hosts of"
              + " balsam.messaging.allowed-hosts");
    }
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      throw DeliveryTrouble.permanent(key + " gives an address with a user name in it");
    }
    return url;
  }

  /**
   * Sends a body.
   *
   * @throws DeliveryTrouble when there is no answer
   */
  public Reply post(HttpUrl url, byte[] body, String type, Map<String, String> headers) {
    return call(
        url, request(url, headers).post(RequestBody.create(body, MediaType.get(type))).build());
  }

  /**
   * Asks for something.
   *
   * @throws DeliveryTrouble when there is no answer
   */
  public Reply get(HttpUrl url, Map<String, String> headers) {
    return call(url, request(url, headers).build());
  }

  /**
   * Asks what may be sent, without sending it.
   *
   * @throws DeliveryTrouble when there is no answer
   */
  public Reply options(HttpUrl url) {
    return call(url, request(url, Map.of()).method("OPTIONS", null).build());
  }

  /**
   * Demands success.
   *
   * @throws DeliveryTrouble otherwise: temporary for 408, 425, 429 and 5xx, with what the receiver
   *     said of when to come again
   */
  public Reply require(Reply reply) {
    if (reply.isSuccess()) {
      return reply;
    }
    var status = reply.status();
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      throw DeliveryTrouble.temporary(
          "the receiver answered " + status, RetryAfter.of(reply.retryAfter(), clock.instant()));
    }
    throw DeliveryTrouble.permanent(
        status >= 300 && status < 400
            ? "the receiver answered " + status + " and wants to redirect, which is not followed"
            : "the receiver answered " + status);
  }

  private static Request.Builder request(HttpUrl url, Map<String, String> headers) {
    var request = new Request.Builder().url(url).header("User-Agent", "Balsam");
    headers.forEach(request::header);
    return request;
  }

  private Reply call(HttpUrl url, Request request) {
    var client = insiders.contains(url.host()) ? clients.inside() : clients.outside();
    try (var response = client.newCall(request).execute()) {
      return new Reply(response.code(), text(response), response.header("Retry-After"));
    } catch (IOException trouble) {
      throw explain(trouble);
    }
  }

  private static String text(Response response) throws IOException {
    return response.peekBody(LONGEST_REPLY).string();
  }

  /** In our own words: the exception may name the address, which is a secret. */
  private DeliveryTrouble explain(IOException trouble) {
    if (trouble instanceof GuardedSockets.Blocked) {
      return DeliveryTrouble.permanent(
          "the receiver's address is inside the network or reserved; allowed: public addresses,"
              + " and the hosts of balsam.messaging.allowed-hosts");
    }
    if (trouble instanceof InterruptedIOException) {
      return DeliveryTrouble.temporary("the receiver did not answer within " + limit);
    }
    if (trouble instanceof UnknownHostException) {
      return DeliveryTrouble.temporary("the receiver's name is not known");
    }
    if (trouble instanceof ConnectException) {
      return DeliveryTrouble.temporary("the receiver takes no connection");
    }
    if (trouble instanceof SSLException) {
      return DeliveryTrouble.temporary("the receiver's certificate or TLS cannot be trusted");
    }
    return DeliveryTrouble.temporary("the connection to the receiver broke");
  }
}
