package org.balsam.standard.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.balsam.platform.compute.WorkspaceRuntime;
import org.balsam.platform.compute.local.LocalWorkspaceRuntime;
import org.balsam.platform.library.LibraryProperties;
import org.balsam.platform.library.LibraryServers;
import org.balsam.standard.catalogue.CatalogueProperties.Pinned;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.util.unit.DataSize;

/** Catalogues as settings make them. */
public final class CatalogueFixture {

  /** One of a laptop, of which nothing but its checks is used. */
  private static final WorkspaceRuntime LOCAL =
      new LocalWorkspaceRuntime(Path.of("none"), null, null, "");

  private CatalogueFixture() {}

  /** With a mounted folder. */
  public static WorkspaceCatalogue of(Path folder) {
    return of(folder, Map.of());
  }

  static WorkspaceCatalogue of(@Nullable Path folder, Map<String, Pinned> git) {
    return of(folder, git, LOCAL);
  }

  /** Held against this runtime. */
  static WorkspaceCatalogue of(
      @Nullable Path folder, Map<String, Pinned> git, WorkspaceRuntime runtimeInUse) {
    var beans = new StaticListableBeanFactory(Map.of("runtime", runtimeInUse));
    var runtime = beans.getBeanProvider(WorkspaceRuntime.class);
    var libraries =
        new LibraryProperties(
            Map.of(),
            Set.of("127.0.0.1"),
            null,
            Duration.ofMinutes(15),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            DataSize.ofMegabytes(100));
    var properties = new CatalogueProperties(folder, git, Duration.ofMinutes(1));
    var sources =
        new TemplateSources(
            properties, libraries, new LibraryServers(libraries), new ManifestCheck(runtime));
    return new WorkspaceCatalogue(properties, sources);
  }

  /** Puts a template of Balsam's own service, with more lines, into the folder. */
  public static void put(Path folder, String id, String more) {
    try {
      Files.writeString(
          Files.createDirectories(folder.resolve(id)).resolve("workspace.yaml"), text(id, more));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static String text(String id, String more) {
    return """
        id: %s
        version: 2.0.0
        title: Jupyter of the institute
        description: With the packages of the institute.
        service: jupyter
        %s
        """
        .formatted(id, more);
  }
}
