package org.balsam.platform.forge.gitlab;

import java.util.List;
import java.util.Map;
import org.gitlab4j.api.models.AccessLevel;
import org.gitlab4j.api.models.BranchAccessLevel;
import org.gitlab4j.api.models.ProtectedBranch;
import org.gitlab4j.api.models.ProtectedTag;
import org.jspecify.annotations.Nullable;

/**
 * Who may move branches and tags. Only Balsam is more than a developer: it alone pushes to {@code
 * main} and {@code round/*}; people's work reaches {@code main} by merge request; people make tags
 * of methods, Balsam all others; nobody moves one.
 */
final class GitLabProtection {

  private static final Map<String, AccessLevel> MERGE =
      Map.of("main", AccessLevel.DEVELOPER, "round/*", AccessLevel.NONE);
  private static final Map<String, AccessLevel> TAG =
      Map.of("*", AccessLevel.MAINTAINER, "mth/*", AccessLevel.DEVELOPER);

  private final GitLabServer server;

  GitLabProtection(GitLabServer server) {
    this.server = server;
  }

  void ensure(long project) {
    MERGE.forEach((branch, merge) -> ensureBranch(project, branch, merge));
    TAG.forEach((tag, create) -> ensureTag(project, tag, create));
  }

  private void ensureBranch(long project, String name, AccessLevel merge) {
    var doing = "protect branch " + name;
    var branches = server.api().getProtectedBranchesApi();
    var present = server.find(doing, () -> branches.getProtectedBranch(project, name));
    if (present.filter(rule -> isAsWanted(rule, merge)).isPresent()) {
      return;
    }
    if (present.isPresent()) {
      server.find(
          doing,
          () -> {
            branches.unprotectBranch(project, name);
            return true;
          });
    }
    server.make(doing, () -> branches.protectBranch(project, name, AccessLevel.MAINTAINER, merge));
  }

  private static boolean isAsWanted(ProtectedBranch rule, AccessLevel merge) {
    return levels(rule.getPushAccessLevels()).equals(List.of(AccessLevel.MAINTAINER))
        && levels(rule.getMergeAccessLevels()).equals(List.of(merge))
        && !Boolean.TRUE.equals(rule.getAllowForcePush());
  }

  private static List<AccessLevel> levels(@Nullable List<BranchAccessLevel> levels) {
    return levels == null
        ? List.of()
        : levels.stream().map(BranchAccessLevel::getAccessLevel).toList();
  }

  private void ensureTag(long project, String name, AccessLevel create) {
    var doing = "protect tags " + name;
    var tags = server.api().getTagsApi();
    var present = server.find(doing, () -> tags.getProtectedTag(project, name));
    if (present.filter(rule -> isAsWanted(rule, create)).isPresent()) {
      return;
    }
    if (present.isPresent()) {
      server.find(
          doing,
          () -> {
            tags.unprotectTag(project, name);
            return true;
          });
    }
    server.make(doing, () -> tags.protectTag(project, name, create));
  }

  private static boolean isAsWanted(ProtectedTag rule, AccessLevel create) {
    return rule.getCreateAccessLevels() != null
        && rule.getCreateAccessLevels().size() == 1
        && rule.getCreateAccessLevels().get(0).getAccess_level() == create;
  }
}
