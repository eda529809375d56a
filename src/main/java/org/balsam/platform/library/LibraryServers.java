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
import java.util.Set;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.balsam.platform.http.GuardedClients;
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
  private static final Set<String> LIBRARY = Set.of("articles", "resources", "templates");
  private static final String FETCHED = "refs/heads/fetched";

  private final LibraryProperties properties;
  private final GuardedClients clients;

  public LibraryServers(LibraryProperties properties) {
    this.properties = properties;
    this.clients =
        GuardedClients.of(
            properties.connectTimeout(),
            properties.timeLimit(),
            "balsam.libraries.certificates",
            properties.certificates());
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
    return LibraryErrorMapper.mapped(properties, () -> inCopy(copy -> read(copy, source, known)));
  }

  /**
   * The files of one folder at one commit, wherever the server's branches are now. Blocks within
   * the time limit.
   *
   * @param commit 40 hexadecimal digits
   * @param folder at the top of the repository; in any case of letters
   * @throws org.balsam.kernel.ExternalFailure when the server cannot be used or has no such commit,
   *     without a secret
   * @throws org.balsam.kernel.Rejection LIMIT_EXCEEDED for more than a library may have
   */
  public Snapshot fetch(Remote remote, String commit, String folder) {
    return LibraryErrorMapper.mapped(
        properties, () -> inCopy(copy -> read(copy, remote, commit, folder)));
  }

  private interface Reading<T> {
    T of(Repository copy) throws IOException;
  }

  private static <T> T inCopy(Reading<T> reading) throws IOException {
    var folder = Files.createTempDirectory("library");
    try (var copy = BoundedRepository.create(folder.toFile())) {
      return reading.of(copy);
    } finally {
      FileUtils.delete(folder.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
    }
  }

  private Optional<Snapshot> read(Repository copy, Source source, @Nullable String known)
      throws IOException {
    var wanted = source.branch() == null ? Constants.HEAD : Constants.R_HEADS + source.branch();
    if (known != null && known.equals(tip(copy, source.remote(), wanted, properties.timeLimit()))) {
      return Optional.empty();
    }
    var allowance = allowance();
    download(copy, source.remote(), wanted, allowance);
    try (var reader = copy.newObjectReader()) {
      return Optional.of(
          new CommitReader(reader, allowance, LIBRARY).read(copy.exactRef(FETCHED).getObjectId()));
    }
  }

  /** A commit that is asked for by its id gets no name in the copy. */
  private Snapshot read(Repository copy, Remote remote, String commit, String folder)
      throws IOException {
    var allowance = allowance();
    download(copy, remote, commit, allowance);
    try (var reader = copy.newObjectReader()) {
      return new CommitReader(reader, allowance, Set.of(folder)).read(ObjectId.fromString(commit));
    }
  }

  private Allowance allowance() {
    return new Allowance(properties.largestTransfer().toBytes(), properties.timeLimit());
  }

  private String tip(Repository copy, Remote remote, String wanted, Duration time)
      throws IOException {
    try (var session = new Session(copy, remote, new Allowance(LARGEST_LISTING, time));
        var listing = session.transport.openFetch(List.of(spec(wanted)), wanted)) {
      var ref = listing.getRef(wanted);
      return (ref == null || ref.getObjectId() == null ? ObjectId.zeroId() : ref.getObjectId())
          .name();
    }
  }

  private void download(Repository copy, Remote remote, String wanted, Allowance allowance)
      throws IOException {
    try (var session = new Session(copy, remote, allowance)) {
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

    Session(Repository copy, Remote remote, Allowance allowance) throws IOException {
      this.allowance = allowance;
      var host = remote.url().getHost().toLowerCase(Locale.ROOT);
      var base = properties.allowedHosts().contains(host) ? clients.inside() : clients.outside();
      this.client = base.newBuilder().connectionPool(pool).build();
      copy.getConfig().setString("http", null, "followRedirects", "false");
      this.transport = open(copy, remote);
    }

    private Transport open(Repository copy, Remote remote) throws IOException {
      try {
        var opened = Transport.open(copy, new URIish(remote.url().toString()));
        if (!(opened instanceof TransportHttp http)) {
          opened.close();
          throw new IOException("the address is not one of HTTP");
        }
        http.setHttpConnectionFactory(this);
        if (remote.tokenFile() != null) {
          http.setCredentialsProvider(
              new UsernamePasswordCredentialsProvider(remote.user(), token(remote.tokenFile())));
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
