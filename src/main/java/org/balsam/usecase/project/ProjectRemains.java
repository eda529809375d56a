package org.balsam.usecase.project;

import org.balsam.kernel.ProjectId;
import org.springframework.stereotype.Component;

/**
 * Removes everything that an onboarding made and that is still there: also the part of a step that
 * never came to its end, which no compensation handler knows.
 */
@Component
class ProjectRemains {

  private final RemoveChannel removeChannel;
  private final RemoveNamespace removeNamespace;
  private final RemoveBuckets removeBuckets;
  private final RemoveRepository removeRepository;
  private final RemoveGroups removeGroups;
  private final ReleaseIdentifiers releaseIdentifiers;
  private final Beginnings beginnings;

  ProjectRemains(
      RemoveChannel removeChannel,
      RemoveNamespace removeNamespace,
      RemoveBuckets removeBuckets,
      RemoveRepository removeRepository,
      RemoveGroups removeGroups,
      ReleaseIdentifiers releaseIdentifiers,
      Beginnings beginnings) {
    this.beginnings = beginnings;
    this.removeChannel = removeChannel;
    this.removeNamespace = removeNamespace;
    this.removeBuckets = removeBuckets;
    this.removeRepository = removeRepository;
    this.removeGroups = removeGroups;
    this.releaseIdentifiers = releaseIdentifiers;
  }

  void remove(ProjectId project) {
    removeChannel.handle(new RemoveChannel.Command(project));
    removeNamespace.handle(new RemoveNamespace.Command(project));
    removeBuckets.handle(new RemoveBuckets.Command(project));
    removeRepository.handle(new RemoveRepository.Command(project));
    removeGroups.handle(new RemoveGroups.Command(project));
    releaseIdentifiers.handle(new ReleaseIdentifiers.Command(project));
    beginnings.forget(project);
  }
}
