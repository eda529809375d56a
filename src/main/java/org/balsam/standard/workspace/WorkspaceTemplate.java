package org.balsam.standard.workspace;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.balsam.kernel.Sha256;

/**
 * What workspaces are made from: Balsam's own service, or manifests for Kubernetes with {@code
 * {{…}}} where the values of a workspace come.
 *
 * @param id lower-case words
 * @param version semantic; of one that says none, {@code 0.0.0+} and the beginning of the checksum
 *     of its files
 * @param title for people
 * @param description for people; may be empty
 * @param urlFile the file whose annotation {@code balsam-workspace-url} says where the workspace is
 *     opened; empty of Balsam's own service
 * @param parameters what people may or must say
 * @param use who may use it, for what
 * @param digest of all its files
 * @param files the text of each manifest, by file name; none of Balsam's own service
 */
public record WorkspaceTemplate(
    String id,
    String version,
    String title,
    String description,
    String urlFile,
    List<TemplateParameter> parameters,
    TemplateUse use,
    Sha256 digest,
    SortedMap<String, String> files) {

  /** Of the address of a workspace. */
  static final String URL = "balsam-workspace-url";

  public WorkspaceTemplate {
    parameters = List.copyOf(parameters);
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** Whether Balsam's own service is started, and no manifest applied. */
  public boolean isService() {
    return files.isEmpty();
  }
}
