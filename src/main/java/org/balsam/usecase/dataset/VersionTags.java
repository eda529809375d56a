package org.balsam.usecase.dataset;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.balsam.kernel.DatasetVersionId;
import org.balsam.platform.storage.Manifest;
import org.balsam.platform.storage.ObjectStore;
import org.springframework.stereotype.Component;

/**
 * Tags objects in storage with what they belong to, for the server's own people and rules. An
 * object is tagged when it becomes part of a version of a dataset, and keeps the tags when it is
 * part of later ones.
 */
@Component
class VersionTags {

  private final ObjectStore store;
  private final ProjectFacts projects;

  VersionTags(ObjectStore store, ProjectFacts projects) {
    this.store = store;
    this.projects = projects;
  }

  /**
   * Tags what is new in a version.
   *
   * @param before the content of the version before it; empty for the first
   * @param origin the {@code round} or {@code training} that froze it, if one did
   */
  void tag(
      DatasetVersionId id,
      Manifest content,
      Optional<Manifest> before,
      Map<String, String> origin) {
    var project = id.dataset().project();
    var tags = new TreeMap<>(origin);
    tags.put("project", project.value());
    tags.put("dataset", id.value());
    projects
        .classification(project)
        .ifPresent(classification -> tags.put("classification", classification.value()));
    var known =
        before.map(Manifest::entries).stream()
            .flatMap(entries -> entries.stream().map(VersionTags::object))
            .collect(Collectors.toCollection(HashSet::new));
    content.entries().stream()
        .filter(entry -> entry.bucket().project().equals(project))
        .filter(entry -> known.add(object(entry)))
        .forEach(entry -> store.tag(entry.bucket(), entry.key(), entry.versionId(), tags));
  }

  private static String object(Manifest.Entry entry) {
    return entry.bucket() + "/" + entry.key() + " " + entry.versionId();
  }
}
