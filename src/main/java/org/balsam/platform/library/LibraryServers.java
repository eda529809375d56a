package org.balsam.platform.library;

import java.io.IOException;
import java.net.Proxy;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.balsam.kernel.ServerTrust;
import org.balsam.platform.http.AddressRules;
import org.balsam.platform.http.GuardedSockets;
import org.balsam.platform.library.LibraryProperties.Source;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.util.FileUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The Git servers of the libraries, which are taken for hostile: one commit without its history is
 * fetched over HTTP into a folder that is removed again; addresses, time, bytes, objects and files
 * are limited. Safe from any thread.
 */
@Component
public class LibraryServers {

  private static final long LARGEST_LISTING = 4L << 20;
  private static final String FETCHED = "refs/heads/fetched";

  private final LibraryProperties properties;
  private final OkHttpClient outside;
  private final OkHttpClient inside;

  public LibraryServers(LibraryProperties properties) {
    this.properties = properties;
    var client =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .proxy(Proxy.NO_PROXY)
            .connectTimeout(properties.connectTimeout())
            .readTimeout(properties.timeLimit())
            .writeTimeout(properties.timeLimit())
            .callTimeout(properties.timeLimit());
    ServerTrust.of("balsam.libraries.certificates", properties.certificates())
        .ifPresent(
            trust -> client.sslSocketFactory(trust.context().getSocketFactory(), trust.manager()));
    this.outside = client.socketFactory(new GuardedSockets(AddressRules::isPublic)).build();
    this.inside = client.socketFactory(new GuardedSockets(AddressRules::isUsableInside)).build();
  }

  /**
   * The files of a library as its server has them now. Blocks within the time limit.
   *
   * @param known the commit whose files are there already
   * @return empty when the server still has that one
   * @throws org.balsam.kernel.ExternalFailure when the server cannot be used, without a secret
   * @throws org.balsam.kernel.Rejection LIMIT_EXCEEDED for more than a library may have
   */
  public Optional<Snapshot> fetch(Source source, @Nullable String known) {
    return LibraryErrorMapper.mapped(properties, () -> read(source, known));
  }

  private Optional<Snapshot> read(Source source, @Nullable String known) throws IOException {
    var folder = Files.createTempDirectory("library");
    try (var copy = BoundedRepository.create(folder.toFile())) {
      var time = properties.timeLimit();
      var wanted = source.branch() == null ? Constants.HEAD : Constants.R_HEADS + source.branch();
      if (known != null && known.equals(tip(copy, source, wanted, time))) {
        return Optional.empty();
      }
      var allowance = new Allowance(properties.largestTransfer().toBytes(), time);
      download(copy, source, wanted, allowance);
      try (var reader = copy.newObjectReader()) {
        return Optional.of(
            new CommitReader(reader, allowance).read(copy.exactRef(FETCHED).getObjectId()));
      }
    } finally {
      FileUtils.delete(folder.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
    }
  }

  private String tip(Repository copy, Source source, String wanted, Duration time)
      throws IOException {
    try (var session = new Session(copy, source, new Allowance(LARGEST_LISTING, time));
        var listing = session.transport.openFetch(List.of(spec(wanted)), wanted)) {
      var ref = listing.getRef(wanted);
      return (ref == null || ref.getObjectId() == null ? ObjectId.zeroId() : ref.getObjectId())
          .name();
    }
  }

  private void download(Repository copy, Source source, String wanted, Allowance allowance)
      throws IOException {
    try (var session = new Session(copy, source, allowance)) {
      session.transport.setTagOpt(TagOpt.NO_TAGS);
      session.transport.setDepth(1);
      session.transport.fetch(allowance, List.of(spec(wanted)));
    }
  }

  private static RefSpec spec(String wanted) {
    return new RefSpec("+" + wanted + ":" + FETCHED);
  }

  /** What JGit talks to one server by; its answers end with it. */
  private final class Session implements AutoCloseable, HttpConnectionFactory {
    private final Allowance allowance;
    // of this session alone: a server may close a connection that nobody uses
    private final ConnectionPool pool = new ConnectionPool();
    private final OkHttpClient client;
    private final List<GuardedConnection> connections = new ArrayList<>();
    private final Transport transport;

    Session(Repository copy, Source source, Allowance allowance) throws IOException {
      this.allowance = allowance;
      var host = source.url().getHost().toLowerCase(Locale.ROOT);
      var base = properties.allowedHosts().contains(host) ? inside : outside;
      this.client = base.newBuilder().connectionPool(pool).build();
      copy.getConfig().setString("http", null, "followRedirects", "false");
      this.transport = open(copy, source);
    }

    private Transport open(Repository copy, Source source) throws IOException {
      try {
        var opened = Transport.open(copy, new URIish(source.url().toString()));
        if (!(opened instanceof TransportHttp http)) {
          opened.close();
          throw new IOException("the address is not one of HTTP");
        }
        http.setHttpConnectionFactory(this);
        if (source.tokenFile() != null) {
          http.setCredentialsProvider(
              new UsernamePasswordCredentialsProvider(source.user(), token(source.tokenFile())));
        }
        return http;
      } catch (URISyntaxException malformed) {
        throw new IOException(malformed);
      }
    }

    @Override
    public HttpConnection create(URL url) {
      return create(url, Proxy.NO_PROXY);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) {
      var connection = new GuardedConnection(client, url, allowance);
      connections.add(connection);
      return connection;
    }

    @Override
    public void close() {
      transport.close();
      connections.forEach(GuardedConnection::close);
      pool.evictAll();
    }
  }

  private static String token(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines
          .findFirst()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .orElseThrow(() -> new LibraryErrorMapper.NoToken("is empty"));
    } catch (IOException | java.io.UncheckedIOException trouble) {
      throw trouble instanceof LibraryErrorMapper.NoToken none
          ? none
          : new LibraryErrorMapper.NoToken("cannot be read");
    }
  }
}
