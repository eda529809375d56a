package org.balsam.process.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests to the engine that name a query expression ({@code *Expression}) anywhere in the
 * JSON body or among the query parameters. The expression manager refuses to evaluate them anyway;
 * this keeps them from being stored.
 */
final class ExpressionKeysFilter extends OncePerRequestFilter {

  static final int LARGEST_BODY = 1 << 20;

  private static final JsonFactory JSON = new JsonFactory();

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (namesExpression(request.getQueryString())) {
      refuse(response, 400, "expressions are not allowed in queries");
      return;
    }
    if (isForm(request.getContentType())) {
      chain.doFilter(request, response);
      return;
    }
    var body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      refuse(response, 413, "the body is larger than " + LARGEST_BODY + " bytes");
      return;
    }
    var problem = problem(body);
    if (problem != null) {
      refuse(response, 400, problem);
      return;
    }
    chain.doFilter(new Replayed(request, body), response);
  }

  private static @Nullable String problem(byte[] body) throws IOException {
    if (body.length == 0) {
      return null;
    }
    try (var parser = JSON.createParser(body)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME && isExpression(parser.currentName())) {
          return "expressions are not allowed in queries and filters";
        }
      }
      return null;
    } catch (JsonParseException | StreamConstraintsException malformed) {
      return "the body is not JSON: " + malformed.getOriginalMessage();
    }
  }

  private static boolean namesExpression(@Nullable String query) {
    if (query == null) {
      return false;
    }
    for (var parameter : query.split("&")) {
      if (isExpression(decoded(parameter.split("=", 2)[0]))) {
        return true;
      }
    }
    return false;
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return name;
    }
  }

  private static boolean isExpression(String key) {
    return key.strip().toLowerCase(Locale.ROOT).endsWith("expression");
  }

  private static boolean isForm(@Nullable String contentType) {
    var type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    return type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/");
  }

  private static void refuse(HttpServletResponse response, int status, String message)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json;charset=UTF-8");
    var safe = message.replaceAll("[\\p{Cntrl}\"\\\\]", " ");
    response
        .getWriter()
        .write("{\"type\":\"BadUserRequestException\",\"message\":\"" + safe + "\"}");
  }

  /** The request with a body that has been read already. */
  private static final class Replayed extends HttpServletRequestWrapper {

    private final byte[] body;

    Replayed(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
      return new Bytes(new ByteArrayInputStream(body));
    }

    @Override
    public BufferedReader getReader() {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private static final class Bytes extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    Bytes(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return bytes.read(target, offset, length);
    }

    @Override
    public int available() {
      return bytes.available();
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("the body is read already");
    }
  }
}
