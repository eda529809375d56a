package org.balsam.api.console;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.autoconfigure.web.WebProperties;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The files of the console and the libraries that draw models and figures. All of them are served
 * below one folder that is named after their content, so that the relative imports of the modules
 * stay within one version and browsers may keep them for good.
 */
@Component
class ConsoleFiles {

  private static final String VIEWER =
      "classpath*:/META-INF/resources/webjars/bpmn-js/*/dist/bpmn-navigated-viewer.production.min.js";
  private static final String CHARTS =
      "classpath*:/META-INF/resources/webjars/chart.js/*/dist/chart.umd.min.js";
  private static final String VIEWER_STYLE = "assets/diagram-js.css";
  private static final int DIGITS = 16;

  /** Where the web applications of the engine keep the viewer of forms and its style. */
  static final String FORMS_FOLDER = "classpath:/META-INF/resources/webjars/camunda/";

  /** Their folders below that one, and the names without ending of the files there. */
  static final Map<String, String> FORMS =
      Map.of("lib/", "deps", "app/tasklist/", "camunda-tasklist-bootstrap");

  private final List<String> locations;
  private final Resource viewer;
  private final Resource charts;
  private final String version;

  ConsoleFiles(WebProperties web) {
    this.locations =
        Arrays.stream(web.getResources().getStaticLocations())
            .map(location -> location + "console/")
            .toList();
    this.viewer = only("bpmn-js", VIEWER);
    this.charts = only("chart.js", CHARTS);
    this.version = digest();
  }

  /** Where the files are, the first one wins. */
  String[] locations() {
    return locations.toArray(String[]::new);
  }

  /** The folder of the library that draws models. */
  Resource viewerFolder() {
    return relative(viewer, "./");
  }

  /** The folder of the library that draws figures. */
  Resource chartsFolder() {
    return relative(charts, "./");
  }

  /** Sixteen hexadecimal digits that change with any file. */
  String version() {
    return version;
  }

  private static Resource only(String library, String pattern) {
    var found = find(pattern);
    if (found.size() != 1) {
      throw new IllegalStateException(
          "the console needs the WebJar of "
              + library
              + " once on the class path, found: "
              + found);
    }
    return found.get(0);
  }

  private static Resource relative(Resource file, String path) {
    try {
      return file.createRelative(path);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }

  private String digest() {
    var files = new ArrayList<Resource>(List.of(viewer, relative(viewer, VIEWER_STYLE), charts));
    new TreeMap<>(FORMS)
        .forEach((part, name) -> files.addAll(find(FORMS_FOLDER + part + name + ".*")));
    locations.forEach(
        location ->
            find(location + "**").stream()
                .filter(Resource::isReadable)
                .sorted(Comparator.comparing(ConsoleFiles::address))
                .forEach(files::add));
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var file : files) {
        digest.update(file.getContentAsByteArray());
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<Resource> find(String pattern) {
    try {
      return List.of(new PathMatchingResourcePatternResolver().getResources(pattern));
    } catch (FileNotFoundException noSuchFolder) {
      return List.of();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String address(Resource file) {
    try {
      return file.getURI().toString();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
