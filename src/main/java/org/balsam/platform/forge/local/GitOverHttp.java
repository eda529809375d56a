package org.balsam.platform.forge.local;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.balsam.audit.AuditTrail;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Role;
import org.balsam.platform.forge.Forge.Access;
import org.balsam.platform.forge.git.GitFailures;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.http.server.resolver.AsIsFileService;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.ServiceMayNotContinueException;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.resolver.ServiceNotEnabledException;

/**
 * Serves the repositories of the folder to people's own Git over HTTP, as {@code
 * /git/{project}.git}. Members of a project read, those who write code push what {@link PushRules}
 * allow; others do not learn that there is a repository.
 */
public final class GitOverHttp {

  private static final String SUFFIX = ".git";
  private static final long LARGEST_PACK = 256L << 20;
  private static final int SILENCE_SECONDS = 60;

  private final LocalRepositories repositories;
  private final AuditTrail trail;

  private GitOverHttp(LocalRepositories repositories, AuditTrail trail) {
    this.repositories = repositories;
    this.trail = trail;
  }

  /**
   * The servlet. Who calls is in the {@link CallContext}.
   *
   * @param root the folder of a {@link LocalForge}
   * @param trail every push is recorded there
   * @throws org.balsam.kernel.ExternalFailure when the folder cannot be used
   */
  public static HttpServlet servlet(Path root, AuditTrail trail) {
    var server =
        new GitOverHttp(
            GitFailures.mapped("use the folder " + root, () -> new LocalRepositories(root)), trail);
    var servlet = new GitServlet();
    servlet.setAsIsFileService(AsIsFileService.DISABLED);
    servlet.setRepositoryResolver((request, name) -> server.open(name));
    servlet.setUploadPackFactory((request, repository) -> reading(repository));
    servlet.setReceivePackFactory((request, repository) -> server.writing(repository));
    return servlet;
  }

  private Repository open(String name)
      throws RepositoryNotFoundException, ServiceMayNotContinueException {
    try {
      var project = project(name);
      CallContext.current().actor().requireMemberOf(project);
      return repositories.open(project);
    } catch (Invalid | NotFound none) {
      throw new RepositoryNotFoundException(name, none);
    } catch (IOException trouble) {
      throw new ServiceMayNotContinueException("the repository cannot be read", trouble);
    }
  }

  private static UploadPack reading(Repository repository) {
    var pack = new UploadPack(repository);
    pack.setTimeout(SILENCE_SECONDS);
    return pack;
  }

  private ReceivePack writing(Repository repository) throws ServiceNotEnabledException {
    var project = project(repository.getDirectory().getName());
    if (access(project) != Access.WRITE) {
      throw new ServiceNotEnabledException(
          "pushing to "
              + project
              + " needs one of the roles owner, methodology, production; the owner of the project can give it");
    }
    var pack = new ReceivedPack(repository);
    pack.setAllowDeletes(false);
    pack.setAllowNonFastForwards(false);
    pack.setCheckReceivedObjects(true);
    pack.setMaxPackSizeLimit(LARGEST_PACK);
    pack.setTimeout(SILENCE_SECONDS);
    pack.setPreReceiveHook(new PushRules(project, trail));
    return pack;
  }

  private static Access access(ProjectId project) {
    var actor = CallContext.current().actor();
    return Access.of(
        Arrays.stream(Role.values())
            .filter(role -> actor.has(project, role))
            .collect(Collectors.toSet()));
  }

  private static ProjectId project(String name) {
    return new ProjectId(
        name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name);
  }
}
