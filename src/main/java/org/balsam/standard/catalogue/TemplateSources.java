package org.balsam.standard.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Rejection;
import org.balsam.platform.library.LibraryProperties;
import org.balsam.platform.library.LibraryServers;
import org.balsam.platform.library.Remote;
import org.balsam.platform.library.Snapshot;
import org.balsam.standard.workspace.TemplateFolder;
import org.balsam.standard.workspace.WorkspaceTemplate;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** Reads the sources of templates. Safe from any thread. */
@Component
class TemplateSources {

  static final String BUILT_IN = "built-in";
  static final String FOLDER = "folder";
  private static final String PACKAGED = "classpath*:/templates/workspaces/*/*";
  private static final String IN_GIT = "workspaces";

  private final CatalogueProperties properties;
  private final LibraryServers servers;
  private final ManifestCheck manifests;

  TemplateSources(
      CatalogueProperties properties,
      LibraryProperties libraries,
      LibraryServers servers,
      ManifestCheck manifests) {
    this.properties = properties;
    this.servers = servers;
    this.manifests = manifests;
    for (var one : new TreeMap<>(properties.git()).entrySet()) {
      if (!libraries.isAddress(one.getValue().url())) {
        throw new Invalid(
            ErrorCode.INVALID_INPUT,
            CatalogueProperties.PREFIX + "git." + one.getKey() + ".url",
            "is no address of a repository that may be called; allowed: https://host/path without"
                + " user name, query and fragment, and http for the hosts of"
                + " balsam.libraries.allowed-hosts");
      }
    }
  }

  /** Those of the jar. */
  TemplateImport builtIn() {
    var folders = new HashMap<String, Map<String, byte[]>>();
    try {
      for (var file : new PathMatchingResourcePatternResolver().getResources(PACKAGED)) {
        // a jar lists its folders, too
        if (!file.getURL().getPath().endsWith("/")) {
          var path = file.getURL().getPath().split("/");
          folders
              .computeIfAbsent(path[path.length - 2], none -> new HashMap<>())
              .put(path[path.length - 1], file.getContentAsByteArray());
        }
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return of(BUILT_IN, folders);
  }

  /** Those of the mounted folder; hidden folders are none, and links are not followed. */
  TemplateImport mounted() {
    if (properties.folder() == null) {
      return TemplateImport.of(FOLDER, Map.of(), manifests);
    }
    var folders = new HashMap<String, Supplier<WorkspaceTemplate>>();
    try (var listed = Files.list(properties.folder())) {
      for (var one : listed.toList()) {
        var name = one.getFileName().toString();
        if (!name.startsWith(".") && !Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS)) {
          folders.put(name, () -> read(one));
        }
      }
    } catch (IOException unreadable) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT,
          CatalogueProperties.PREFIX + "folder",
          properties.folder() + " cannot be read; let the server's user read it");
    }
    return TemplateImport.of(FOLDER, folders, manifests);
  }

  /**
   * Those of a repository. Blocks within the time limit of libraries.
   *
   * @return with the whole source refused when it cannot be fetched
   */
  TemplateImport git(String name) {
    var source = source(name);
    var pinned = properties.git().get(name);
    try {
      var remote = new Remote(pinned.url(), pinned.user(), pinned.tokenFile());
      return of(source, servers.fetch(remote, pinned.commit(), IN_GIT));
    } catch (ExternalFailure trouble) {
      return failed(source, trouble.getMessage().substring(trouble.system().length() + 2));
    } catch (Rejection trouble) {
      return failed(source, trouble.getMessage());
    }
  }

  /** What fetches it calls everything a library. */
  private static TemplateImport failed(String source, String why) {
    return TemplateImport.failed(source, List.of("template repository: " + why));
  }

  static String source(String git) {
    return "git " + git;
  }

  private static WorkspaceTemplate read(Path folder) {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "", "is not a folder; links are not followed");
    }
    return TemplateFolder.read(folder);
  }

  /** What was left out may be a part of a template, so that none of them is whole for certain. */
  private TemplateImport of(String source, Snapshot snapshot) {
    if (snapshot.leftOutCount() > 0) {
      return TemplateImport.failed(source, snapshot.leftOut());
    }
    var folders = new HashMap<String, Map<String, byte[]>>();
    for (var file : snapshot.files()) {
      var path = file.path().split("/");
      if (path.length == 3) {
        folders.computeIfAbsent(path[1], none -> new HashMap<>()).put(path[2], file.content());
      }
    }
    return folders.isEmpty()
        ? TemplateImport.failed(
            source, List.of("has no template; each is a folder in the folder " + IN_GIT))
        : of(source, folders);
  }

  private TemplateImport of(String source, Map<String, Map<String, byte[]>> folders) {
    var readings = new HashMap<String, Supplier<WorkspaceTemplate>>();
    folders.forEach((name, files) -> readings.put(name, () -> TemplateFolder.read(name, files)));
    return TemplateImport.of(source, readings, manifests);
  }
}
