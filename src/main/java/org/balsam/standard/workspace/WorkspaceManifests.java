package org.balsam.standard.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The manifests of one workspace.
 *
 * @param workspace its id
 * @param objects by the file of the template that each comes from
 * @param url where the workspace is opened
 * @param secret the Secret that has to be there before, when there are keys
 * @param secretKeys what it has to hold
 */
public record WorkspaceManifests(
    String workspace,
    SortedMap<String, JsonNode> objects,
    URI url,
    String secret,
    List<String> secretKeys) {

  public WorkspaceManifests {
    objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    secretKeys = List.copyOf(secretKeys);
  }
}
