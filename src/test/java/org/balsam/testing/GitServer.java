package org.balsam.testing;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.UploadPack;

/**
 * Serves Git repositories over HTTP on this machine. One whose name begins with {@code private}
 * asks for {@link #TOKEN}; below {@code /moved/} everything is redirected; below {@code /slow/}
 * nothing is answered.
 */
public final class GitServer implements AutoCloseable {

  /** Opens the private ones. */
  public static final String TOKEN = "token-0123456789abcdef";

  private final Path folder;
  private final Tomcat tomcat = new Tomcat();
  private final AtomicLong packs = new AtomicLong();
  private volatile boolean isDown;

  public GitServer(Path folder) throws IOException, LifecycleException {
    this.folder = folder;
    tomcat.setBaseDir(Files.createDirectories(folder.resolve("tomcat")).toString());
    tomcat.setPort(0);
    tomcat.setSilent(true);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("keepAliveTimeout", "500");
    var context = tomcat.addContext("", folder.toString());
    var git = new GitServlet();
    git.setRepositoryResolver((request, name) -> open(name));
    git.setUploadPackFactory(
        (request, repository) -> {
          if (request.getMethod().equals("POST")) {
            packs.incrementAndGet();
          }
          return new UploadPack(repository);
        });
    Tomcat.addServlet(context, "git", git);
    context.addServletMappingDecoded("/*", "git");
    Tomcat.addServlet(context, "moved", new Moved());
    context.addServletMappingDecoded("/moved/*", "moved");
    var filter = new FilterDef();
    filter.setFilterName("rules");
    filter.setFilter(new Rules());
    context.addFilterDef(filter);
    var mapping = new FilterMap();
    mapping.setFilterName("rules");
    mapping.addURLPattern("/*");
    context.addFilterMap(mapping);
    tomcat.start();
  }

  /** Where a repository is. */
  public URI url(String name) {
    return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/" + name);
  }

  /** From now on everything is answered with 503, or not any more. */
  public void setDown(boolean down) {
    isDown = down;
  }

  /** How many requests for objects or lists of references were made. */
  public long packs() {
    return packs.get();
  }

  /** An entry that is neither a regular file nor a folder, or a file. */
  public record Entry(FileMode mode, byte[] content) {

    /** A file. */
    public static Entry file(String content) {
      return file(content.getBytes(StandardCharsets.UTF_8));
    }

    /** A file. */
    public static Entry file(byte[] content) {
      return new Entry(FileMode.REGULAR_FILE, content);
    }
  }

  /** Makes {@code main} of a repository hold these files and no others. */
  public String commit(String name, Map<String, Entry> files) throws IOException {
    try (var repository = openOrMake(name);
        var inserter = repository.newObjectInserter()) {
      var index = DirCache.newInCore();
      var builder = index.builder();
      for (var file : new TreeMap<>(files).entrySet()) {
        var entry = new DirCacheEntry(file.getKey());
        entry.setFileMode(file.getValue().mode());
        entry.setObjectId(object(inserter, file.getValue()));
        builder.add(entry);
      }
      builder.finish();
      return commitTree(repository, inserter, index.writeTree(inserter));
    }
  }

  /** Makes {@code main} of a repository the commit of a tree that is made by hand. */
  public String commitTree(Repository repository, ObjectInserter inserter, ObjectId tree)
      throws IOException {
    var before = repository.resolve("refs/heads/main");
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    if (before != null) {
      commit.setParentId(before);
    }
    commit.setAuthor(new PersonIdent("Librarian", "librarian@example.org"));
    commit.setCommitter(commit.getAuthor());
    commit.setMessage("Change the library");
    var id = inserter.insert(commit);
    inserter.flush();
    var update = repository.updateRef("refs/heads/main");
    update.setNewObjectId(id);
    update.forceUpdate();
    return id.name();
  }

  /** Opens or makes a repository; the caller closes it. */
  public Repository openOrMake(String name) throws IOException {
    var place = folder.resolve(name).toFile();
    var repository = new FileRepositoryBuilder().setBare().setGitDir(place).build();
    if (!place.exists()) {
      repository.create(true);
      repository.updateRef("HEAD").link("refs/heads/main");
    }
    return repository;
  }

  private static ObjectId object(ObjectInserter inserter, Entry entry) throws IOException {
    return entry.mode() == FileMode.GITLINK
        ? ObjectId.fromString("1234567890123456789012345678901234567890")
        : inserter.insert(Constants.OBJ_BLOB, entry.content());
  }

  private Repository open(String name) throws org.eclipse.jgit.errors.RepositoryNotFoundException {
    try {
      return new FileRepositoryBuilder()
          .setBare()
          .setGitDir(folder.resolve(name).toFile())
          .setMustExist(true)
          .build();
    } catch (IOException gone) {
      throw new org.eclipse.jgit.errors.RepositoryNotFoundException(name);
    }
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }

  private final class Rules extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, ServletException {
      if (isDown) {
        response.setStatus(503);
      } else if (request.getRequestURI().startsWith("/slow/")) {
        pause();
      } else if (request.getRequestURI().startsWith("/private") && !isRight(request)) {
        response.setHeader("WWW-Authenticate", "Basic realm=\"git\"");
        response.setStatus(401);
      } else {
        chain.doFilter(request, response);
      }
    }

    private static boolean isRight(HttpServletRequest request) {
      var header = String.valueOf(request.getHeader("Authorization"));
      var right =
          Base64.getEncoder().encodeToString(("reader:" + TOKEN).getBytes(StandardCharsets.UTF_8));
      return header.equals("Basic " + right);
    }

    private static void pause() {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static final class Moved extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.sendRedirect(
          request.getRequestURI().substring("/moved".length()) + "?" + request.getQueryString());
    }
  }
}
