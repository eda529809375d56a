package org.balsam.platform.library;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * One request of JGit, made by a client that connects to allowed addresses only, follows no
 * redirection and knows no proxy. Answers are not compressed, so that what is counted is what is
 * read. Settings of JGit for time, redirection and trust have no effect: they are the client's.
 */
final class GuardedConnection implements HttpConnection {

  private static final String ENCODING = "Content-Encoding";

  private final OkHttpClient client;
  private final URL url;
  private final Allowance allowance;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private String method = "GET";
  private @Nullable ByteArrayOutputStream body;
  private @Nullable Response response;

  GuardedConnection(OkHttpClient client, URL url, Allowance allowance) {
    this.client = client;
    this.url = url;
    this.allowance = allowance;
  }

  private Response response() throws IOException {
    var present = response;
    if (present != null) {
      return present;
    }
    var request = new Request.Builder().url(url);
    headers.forEach(request::header);
    request.header("Accept-Encoding", "identity");
    var made = client.newCall(request.method(method, body()).build()).execute();
    response = made;
    return made;
  }

  private @Nullable RequestBody body() {
    var written = body;
    if (written == null) {
      return null;
    }
    var type = headers.get("Content-Type");
    return RequestBody.create(written.toByteArray(), type == null ? null : MediaType.get(type));
  }

  /** Ends the answer, if there is one. */
  void close() {
    if (response != null) {
      response.close();
    }
  }

  @Override
  public int getResponseCode() throws IOException {
    return response().code();
  }

  @Override
  public URL getURL() {
    return url;
  }

  @Override
  public String getResponseMessage() throws IOException {
    return response().message();
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    return response == null ? Map.of() : response.headers().toMultimap();
  }

  @Override
  public void setRequestProperty(String key, String value) {
    headers.put(key, value);
  }

  @Override
  public void setRequestMethod(String method) {
    this.method = method.toUpperCase(Locale.ROOT);
  }

  @Override
  public void setUseCaches(boolean usecaches) {
    // there is none
  }

  @Override
  public void setConnectTimeout(int timeout) {
    // the client's
  }

  @Override
  public void setReadTimeout(int readTimeout) {
    // the client's
  }

  @Override
  public @Nullable String getContentType() {
    return getHeaderField("Content-Type");
  }

  @Override
  public InputStream getInputStream() throws IOException {
    if (response().header(ENCODING) != null) {
      throw new IOException("the server compresses its answer, which it was not asked to");
    }
    return allowance.limit(response().body().byteStream());
  }

  @Override
  public @Nullable String getHeaderField(String name) {
    return response == null || name.equalsIgnoreCase(ENCODING) ? null : response.header(name);
  }

  @Override
  public List<String> getHeaderFields(String name) {
    return response == null ? List.of() : response.headers(name);
  }

  @Override
  public int getContentLength() {
    return response == null
        ? -1
        : (int) Math.min(response.body().contentLength(), Integer.MAX_VALUE);
  }

  @Override
  public void setInstanceFollowRedirects(boolean followRedirects) {
    // never
  }

  @Override
  public void setDoOutput(boolean dooutput) {
    body = dooutput ? new ByteArrayOutputStream() : null;
  }

  @Override
  public void setFixedLengthStreamingMode(int contentLength) {
    // what fetching sends is small and kept
  }

  @Override
  public OutputStream getOutputStream() {
    var written = body == null ? new ByteArrayOutputStream() : body;
    body = written;
    return written;
  }

  @Override
  public void setChunkedStreamingMode(int chunklen) {
    // what fetching sends is small and kept
  }

  @Override
  public String getRequestMethod() {
    return method;
  }

  @Override
  public boolean usingProxy() {
    return false;
  }

  @Override
  public void connect() throws IOException {
    response();
  }

  @Override
  public void configure(KeyManager[] km, TrustManager[] tm, SecureRandom random) {
    // the client's
  }

  @Override
  public void setHostnameVerifier(HostnameVerifier hostnameverifier) {
    // the client's
  }
}
