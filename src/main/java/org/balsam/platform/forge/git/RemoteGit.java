package org.balsam.platform.forge.git;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.JDKHttpConnectionFactory;

/**
 * Git over HTTP with one account. The password goes to the server that the address names and to no
 * other: redirections are not followed.
 *
 * @param user the account
 * @param password is asked at every call, so that it can change
 * @param trust whose certificates the server may show; empty for those of Java
 * @param connectTimeout how long the server may take to accept a connection
 * @param readTimeout how long it may be silent
 */
public record RemoteGit(
    String user,
    Supplier<String> password,
    Optional<X509TrustManager> trust,
    Duration connectTimeout,
    Duration readTimeout) {

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Set<Status> DONE =
      EnumSet.of(Status.OK, Status.UP_TO_DATE, Status.NON_EXISTING);
  private static final List<RefSpec> EVERYTHING =
      List.of(new RefSpec("+refs/heads/*:refs/heads/*"), new RefSpec("+refs/tags/*:refs/tags/*"));

  /** The server did not move a branch or tag. */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean moved;

    Refused(String reason, boolean moved) {
      super(reason);
      this.moved = moved;
    }

    /** Whether somebody else moved it first. */
    public boolean isMoved() {
      return moved;
    }
  }

  /** Makes branches and tags of {@code copy} those of the server. */
  public void fetch(Repository copy, URI server) throws IOException {
    try (var transport = open(copy, server)) {
      transport.setRemoveDeletedRefs(true);
      transport.setTagOpt(TagOpt.NO_TAGS);
      transport.fetch(new Deadline(), EVERYTHING);
    }
  }

  /**
   * Moves a branch of the server, makes a branch or tag, or removes a branch.
   *
   * @param name in full
   * @param before where it is; {@link ObjectId#zeroId} when it is new
   * @param after an object of {@code copy}; {@link ObjectId#zeroId} removes
   * @throws Refused when it is elsewhere, or may not be moved
   */
  public void push(Repository copy, URI server, String name, ObjectId before, ObjectId after)
      throws IOException {
    var source = after.equals(ObjectId.zeroId()) ? null : after.name();
    var update = new RemoteRefUpdate(copy, source, after, name, false, null, before);
    try (var transport = open(copy, server)) {
      transport.push(new Deadline(), List.of(update));
    }
    if (!DONE.contains(update.getStatus())) {
      var why = update.getMessage() == null ? "" : ": " + GitNames.printable(update.getMessage());
      throw new Refused(
          update.getStatus() + why,
          update.getStatus() == Status.REJECTED_REMOTE_CHANGED
              || update.getStatus() == Status.REJECTED_NONFASTFORWARD);
    }
  }

  private Transport open(Repository copy, URI server) throws IOException {
    try {
      var config = copy.getConfig();
      config.setString("http", null, "followRedirects", "false");
      var transport = Transport.open(copy, new URIish(server.toString()));
      transport.setCredentialsProvider(
          new UsernamePasswordCredentialsProvider(user, password.get()));
      if (transport instanceof TransportHttp http) {
        http.setHttpConnectionFactory(new Connections());
      }
      return transport;
    } catch (URISyntaxException malformed) {
      throw new IOException(malformed);
    }
  }

  private final class Connections extends JDKHttpConnectionFactory {

    @Override
    public HttpConnection create(URL url) throws IOException {
      return configured(super.create(url));
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
      return configured(super.create(url, proxy));
    }

    private HttpConnection configured(HttpConnection connection) throws IOException {
      connection.setConnectTimeout((int) connectTimeout.toMillis());
      connection.setReadTimeout((int) readTimeout.toMillis());
      if (trust.isPresent() && "https".equals(connection.getURL().getProtocol())) {
        try {
          connection.configure(null, new TrustManager[] {trust.get()}, null);
        } catch (GeneralSecurityException broken) {
          throw new IOException(broken);
        }
      }
      return connection;
    }
  }

  /** A server that sends a byte now and then does not hold a thread for ever. */
  private static final class Deadline extends EmptyProgressMonitor {
    private final long end = System.nanoTime() + LONGEST.toNanos();

    @Override
    public boolean isCancelled() {
      return System.nanoTime() > end;
    }
  }
}
