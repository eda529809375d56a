package org.balsam.platform.forge.gitlab;

import java.net.URI;
import java.util.Optional;
import org.balsam.platform.forge.Forge.Proposal;
import org.gitlab4j.api.models.MergeRequest;
import org.gitlab4j.api.models.MergeRequestFilter;
import org.gitlab4j.api.models.MergeRequestParams;

/** Merge requests, one for each pair of branches. */
final class GitLabProposals {

  private final GitLabServer server;

  GitLabProposals(GitLabServer server) {
    this.server = server;
  }

  URI ensure(long project, Proposal proposal) {
    var present = find(project, proposal);
    if (present.isEmpty()) {
      var wanted =
          new MergeRequestParams()
              .withSourceBranch(proposal.branch())
              .withTargetBranch(proposal.into())
              .withTitle(proposal.title())
              .withDescription(proposal.text());
      server.make(
          "ask to merge " + proposal.branch(),
          () -> server.api().getMergeRequestApi().createMergeRequest(project, wanted));
      present = find(project, proposal);
    }
    return present
        .map(request -> URI.create(request.getWebUrl()))
        .orElseThrow(
            () ->
                GitLabErrorMapper.failure(
                    "ask to merge " + proposal.branch(),
                    true,
                    "GitLab made no merge request and did not say why",
                    null));
  }

  private Optional<MergeRequest> find(long project, Proposal proposal) {
    var filter =
        new MergeRequestFilter()
            .withSourceBranch(proposal.branch())
            .withTargetBranch(proposal.into());
    return server
        .of(
            "list the merge requests of " + proposal.branch(),
            () ->
                server
                    .api()
                    .getMergeRequestApi()
                    .getMergeRequests(project, filter, GitLabServer.PAGE)
                    .first())
        .stream()
        .findFirst();
  }
}
