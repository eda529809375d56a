package org.balsam.standard.catalogue;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.standard.workspace.WorkspaceTemplate;
import org.balsam.standard.workspace.WorkspaceTemplateProof;
import org.balsam.standard.yaml.Shown;

/**
 * What one source has, each template tried as a whole: it is there or it is refused.
 *
 * @param sound by id, which is the name of the folder
 */
record TemplateImport(
    String source, SortedMap<String, WorkspaceTemplate> sound, List<RefusedTemplate> refused) {

  private static final int MOST = 200;

  /** A source that gave nothing. */
  static TemplateImport failed(String source, List<String> reasons) {
    return new TemplateImport(
        source, new TreeMap<>(), List.of(new RefusedTemplate(source, "", reasons)));
  }

  /** Tries each; what is read by the name of its folder. Manifests are held against the runtime. */
  static TemplateImport of(
      String source, Map<String, Supplier<WorkspaceTemplate>> folders, ManifestCheck manifests) {
    if (folders.size() > MOST) {
      return failed(source, List.of("has more than " + MOST + " templates"));
    }
    var sound = new TreeMap<String, WorkspaceTemplate>();
    var refused = new ArrayList<RefusedTemplate>();
    new TreeMap<>(folders)
        .forEach(
            (folder, reading) -> {
              try {
                sound.put(folder, tried(folder, reading.get(), manifests));
              } catch (Invalid wrong) {
                refused.add(
                    new RefusedTemplate(
                        source,
                        Shown.of(folder),
                        wrong.problems().stream().map(Problem::toString).toList()));
              } catch (UncheckedIOException unreadable) {
                refused.add(
                    new RefusedTemplate(
                        source,
                        Shown.of(folder),
                        List.of(String.valueOf(unreadable.getMessage()))));
              }
            });
    return new TemplateImport(source, sound, List.copyOf(refused));
  }

  private static WorkspaceTemplate tried(
      String folder, WorkspaceTemplate template, ManifestCheck manifests) {
    if (template.isService()) {
      WorkspaceTemplateProof.check(template);
    } else {
      manifests.check(WorkspaceTemplateProof.of(template));
    }
    if (!folder.equals(template.id())) {
      throw wrong("the folder does not have the name of the id, " + template.id());
    }
    return template;
  }

  private static Invalid wrong(String reason) {
    return new Invalid(ErrorCode.INVALID_INPUT, "", reason);
  }
}
