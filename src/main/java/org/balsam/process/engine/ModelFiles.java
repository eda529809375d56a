package org.balsam.process.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Models and forms by their stable names: {@code processes/…} and {@code forms/…}. */
final class ModelFiles {

  private ModelFiles() {}

  /** The packaged files, and over them those of a mounted folder. */
  static SortedMap<String, byte[]> find(@Nullable Path mounted) {
    var files = new TreeMap<String, byte[]>();
    try {
      packaged(files, "processes", "bpmn");
      packaged(files, "processes", "dmn");
      packaged(files, "forms", "form");
      if (mounted != null) {
        mounted(files, mounted);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("a model could not be read", unreadable);
    }
    return files;
  }

  private static void packaged(TreeMap<String, byte[]> files, String folder, String ending)
      throws IOException {
    var resolver = new PathMatchingResourcePatternResolver();
    var pattern = "classpath*:/" + folder + "/**/*." + ending;
    for (var resource : resolver.getResources(pattern)) {
      var url = resource.getURL().toString();
      var name = url.substring(url.lastIndexOf("/" + folder + "/") + 1);
      if (files.put(name, resource.getContentAsByteArray()) != null) {
        throw new IllegalStateException("two packaged files are called " + name);
      }
    }
  }

  private static void mounted(TreeMap<String, byte[]> files, Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.filter(Files::isRegularFile).toList()) {
        var relative = folder.relativize(path).toString().replace('\\', '/');
        var name = named(relative);
        if (name != null) {
          files.put(name, Files.readAllBytes(path));
        }
      }
    }
  }

  private static @Nullable String named(String relative) {
    if (relative.endsWith(".bpmn") || relative.endsWith(".dmn")) {
      return relative.startsWith("processes/") ? relative : "processes/" + relative;
    }
    if (relative.endsWith(".form")) {
      return relative.startsWith("forms/") ? relative : "forms/" + relative;
    }
    return null;
  }
}
