package org.balsam.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Stops reading a request's body where it becomes larger than allowed. */
final class BodyLimitFilter extends OncePerRequestFilter {

  private static final Pattern UPLOAD =
      Pattern.compile("/api/v1/projects/[^/]+/datasets/[^/]+/[^/]+/objects/[^/]+");

  /** The server of Git has a limit of its own, about which it tells Git. */
  private static final Pattern PUSH = Pattern.compile("/git/[^/]+/git-receive-pack");

  private static final String EVENT = "/api/v1/hooks/gitlab";

  private final ApiProperties properties;

  BodyLimitFilter(ApiProperties properties) {
    this.properties = properties;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var path = request.getRequestURI().substring(request.getContextPath().length());
    chain.doFilter(
        PUSH.matcher(path).matches()
            ? request
            : new Limited(request, limit(request.getMethod(), path)),
        response);
  }

  private DataSize limit(String method, String path) {
    if (method.equals("PUT") && UPLOAD.matcher(path).matches()) {
      return properties.maxUpload();
    }
    return path.equals(EVENT) ? properties.maxEvent() : properties.maxBody();
  }

  private static Invalid tooLarge(DataSize limit) {
    return new Invalid(
        ErrorCode.TOO_LARGE, "body", "is larger than the allowed " + limit.toBytes() + " bytes");
  }

  private static final class Limited extends HttpServletRequestWrapper {
    private final DataSize limit;

    Limited(HttpServletRequest request, DataSize limit) {
      super(request);
      this.limit = limit;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (getContentLengthLong() > limit.toBytes()) {
        throw tooLarge(limit);
      }
      return new LimitedStream(super.getInputStream(), limit);
    }
  }

  private static final class LimitedStream extends ServletInputStream {
    private final ServletInputStream in;
    private final DataSize limit;
    private long read;

    LimitedStream(ServletInputStream in, DataSize limit) {
      this.in = in;
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      var one = in.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      var count = in.read(bytes, offset, length);
      count(Math.max(0, count));
      return count;
    }

    private void count(int more) {
      read += more;
      if (read > limit.toBytes()) {
        throw tooLarge(limit);
      }
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }
  }
}
