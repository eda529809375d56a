package org.balsam.platform.forge.gitlab;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.Installation;
import org.balsam.kernel.NotFound;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.CodeCheckout;
import org.balsam.platform.forge.Forge;
import org.balsam.platform.forge.ForgeProperties;
import org.balsam.platform.forge.git.Checkout;
import org.balsam.platform.forge.git.Commits;
import org.balsam.platform.forge.git.GitFailures;
import org.balsam.platform.forge.git.GitNames;
import org.balsam.platform.forge.git.RemoteGit;
import org.balsam.platform.forge.git.RepositoryChanges;
import org.balsam.platform.forge.git.RepositoryContent;
import org.balsam.platform.forge.git.WorkingCopy;
import org.balsam.platform.forge.gitlab.GitLabSpace.Space;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * Git repositories on a GitLab server. Commits, branches, tags and files go by Git itself, through
 * a copy on this machine; groups, members, protection, tokens and merge requests by GitLab's REST
 * interface. Any number of processes may use one server at once: each push names the commit that it
 * follows, and is made anew when there is another one.
 */
public final class GitLabForge implements Forge {

  private static final int ATTEMPTS = 40;
  private static final int SAME_REFUSALS = 3;

  private final ForgeProperties.GitLab settings;
  private final GitLabServer server;
  private final GitLabSpace spaces;
  private final GitLabProtection protection;
  private final GitLabMirror mirror;
  private final GitLabTokens tokens;
  private final Commits commits;

  /**
   * A forge on a server, which is not called yet.
   *
   * @param copies a folder for copies of repositories, kept for this purpose alone
   * @param clock dates commits and tags
   */
  public GitLabForge(
      ForgeProperties.GitLab settings,
      Installation installation,
      Path copies,
      TokenLedger ledger,
      Clock clock) {
    this.settings = settings;
    server = new GitLabServer(settings);
    spaces = new GitLabSpace(server, settings, installation);
    protection = new GitLabProtection(server);
    mirror = new GitLabMirror(copies, server);
    tokens = new GitLabTokens(server, ledger, clock);
    commits = new Commits(clock);
  }

  @Override
  public String ensureRepository(
      ProjectId project, Map<String, byte[]> firstCommit, Author author) {
    var space = spaces.ensure(project);
    var tip =
        changing(
            "write the first commit of " + project,
            project,
            changes -> changes.ensureFirst(firstCommit, author));
    protection.ensure(space.id());
    new GitLabHooks(server, settings.hook()).ensure(space.id());
    return tip;
  }

  @Override
  public void removeRepository(ProjectId project) {
    spaces.remove(project);
    GitFailures.mapped(
        "remove the copy of " + project,
        () -> {
          mirror.removeAll(project);
          return project;
        });
  }

  @Override
  public Optional<String> resolve(ProjectId project, String ref) {
    return reading(
        "look up a commit of " + project,
        project,
        ref,
        content -> content.find(ref).map(ObjectId::name));
  }

  @Override
  public String ensureBranch(ProjectId project, String branch, String ref) {
    GitNames.branch(branch);
    return changing(
        "make branch " + branch + " of " + project,
        project,
        changes -> changes.ensureBranch(branch, ref));
  }

  @Override
  public void removeBranch(ProjectId project, String branch) {
    RepositoryChanges.requireRemovable(project, branch);
    changing(
        "remove branch " + branch + " of " + project,
        project,
        changes -> changes.removeBranch(branch));
  }

  @Override
  public void ensureTag(
      ProjectId project, String tag, String commit, String message, Author author) {
    GitNames.tag(tag);
    changing(
        "make tag " + tag + " of " + project,
        project,
        changes -> changes.ensureTag(tag, commit, message, author));
  }

  @Override
  public String commit(ProjectId project, String branch, Change change) {
    RepositoryChanges.requireAllowed(project, branch, change);
    return changing(
        "commit to branch " + branch + " of " + project,
        project,
        changes -> changes.commit(branch, change));
  }

  @Override
  public Optional<byte[]> read(ProjectId project, String commit, String path) {
    GitNames.path(path);
    return reading(
        "read " + path + " of " + project, project, commit, content -> content.read(commit, path));
  }

  @Override
  public List<String> list(ProjectId project, String commit) {
    return reading(
        "list the files of " + project, project, commit, content -> content.list(commit));
  }

  @Override
  public Map<String, String> refs(ProjectId project) {
    return reading(
        "list the branches and tags of " + project, project, "", RepositoryContent::refs);
  }

  @Override
  public URI cloneUri(ProjectId project) {
    return spaces.require(project).uri();
  }

  @Override
  public void checkOut(ProjectId project, String commit, Path target) {
    Checkout.fetch(fetched(project, commit), commit, target);
  }

  @Override
  public void link(ProjectId project, String branch, Path files) {
    WorkingCopy.link(fetched(project, ""), cloneUri(project), branch, files);
  }

  private Path fetched(ProjectId project, String commit) {
    return reading(
        "fetch the repository of " + project,
        project,
        commit,
        content -> content.repository().getDirectory().toPath());
  }

  @Override
  public Members ensureMembers(ProjectId project, Map<String, Access> members) {
    return new GitLabMembers(server).ensure(spaces.require(project).group(), members);
  }

  @Override
  public Optional<URI> propose(ProjectId project, Proposal proposal) {
    GitNames.branch(proposal.branch());
    GitNames.branch(proposal.into());
    return Optional.of(new GitLabProposals(server).ensure(spaces.require(project).id(), proposal));
  }

  @Override
  public Map<String, String> grantReading(ProjectId project, String holder, Duration life) {
    var secret = tokens.grant(project, spaces.require(project).id(), holder, life);
    var variables = new HashMap<String, String>();
    variables.put(CodeCheckout.USER, "balsam");
    variables.put(CodeCheckout.TOKEN, secret);
    if (settings.certificates() != null) {
      variables.put(CodeCheckout.CERTIFICATES, settings.certificates().toAbsolutePath().toString());
    }
    return variables;
  }

  @Override
  public boolean endReading(ProjectId project, String holder) {
    return tokens.end(holder);
  }

  @Override
  public boolean endReading(ProjectId project) {
    return tokens.endAll(project);
  }

  @Override
  public void bundle(ProjectId project, Path file) {
    reading(
        "bundle the repository of " + project,
        project,
        "",
        content -> {
          content.bundle(file);
          return file;
        });
  }

  /** Reads a repository. */
  @FunctionalInterface
  private interface Reading<T> {
    T of(RepositoryContent content) throws IOException;
  }

  /** Changes a repository. */
  @FunctionalInterface
  private interface Changing<T> {
    T by(RepositoryChanges changes) throws IOException;
  }

  /** A commit never changes, so one that the copy has is read without asking Git. */
  private <T> T reading(String doing, ProjectId project, String ref, Reading<T> work) {
    var space = spaces.require(project);
    return GitFailures.mapped(
        doing,
        () -> {
          if (GitNames.COMMIT.matcher(ref).matches()
              && mirror.asItIs(
                  project, space, copy -> copy.getObjectDatabase().has(ObjectId.fromString(ref)))) {
            return mirror.asItIs(
                project, space, copy -> work.of(new RepositoryContent(project, copy)));
          }
          return upToDate(
              doing, project, space, copy -> work.of(new RepositoryContent(project, copy)));
        });
  }

  private <T> T changing(String doing, ProjectId project, Changing<T> work) {
    var space = spaces.require(project);
    return GitFailures.mapped(
        doing,
        () -> {
          var refusals = 0;
          for (var attempt = 1; ; attempt++) {
            var push = new Push(space);
            try {
              return upToDate(doing, project, space, copy -> work.by(changes(project, copy, push)));
            } catch (Push.Failed failed) {
              refusals += failed.isMoved() ? 0 : 1;
              if (refusals == SAME_REFUSALS || attempt == ATTEMPTS) {
                throw server.errors().refused(doing, failed.reason());
              }
              GitLabServer.pause(doing, Math.min(attempt, 3), 0);
            }
          }
        });
  }

  private <T> T upToDate(String doing, ProjectId project, Space space, GitLabMirror.Work<T> work)
      throws IOException {
    try {
      return mirror.upToDate(doing, project, space, work);
    } catch (NotFound gone) {
      spaces.forget(project);
      throw gone;
    }
  }

  private RepositoryChanges changes(ProjectId project, Repository copy, Push push) {
    return new RepositoryChanges(
        new RepositoryContent(project, copy),
        commits,
        (name, before, after) -> push.move(copy, name, before, after));
  }

  /** One attempt to move a branch or tag of the server. */
  private final class Push {
    private final Space space;

    Push(Space space) {
      this.space = space;
    }

    void move(Repository copy, String name, ObjectId before, ObjectId after) throws IOException {
      try {
        server.git().push(copy, space.uri(), name, before, after);
      } catch (IOException trouble) {
        throw new Failed(trouble);
      }
    }

    /** It was refused, or nobody knows what came of it. */
    private static final class Failed extends IOException {
      private static final long serialVersionUID = 1L;

      Failed(IOException cause) {
        super(cause);
      }

      IOException reason() {
        return (IOException) getCause();
      }

      boolean isMoved() {
        return reason() instanceof RemoteGit.Refused refused && refused.isMoved();
      }
    }
  }
}
