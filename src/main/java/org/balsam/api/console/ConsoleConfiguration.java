package org.balsam.api.console;

import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves the files of the console below {@code /assets/<version>/}; they never change there. */
@Configuration
class ConsoleConfiguration implements WebMvcConfigurer {

  private static final Duration FOR_GOOD = Duration.ofDays(365);

  private final ConsoleFiles files;

  ConsoleConfiguration(ConsoleFiles files) {
    this.files = files;
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    var folder = "/assets/" + files.version();
    var kept = CacheControl.maxAge(FOR_GOOD).cachePrivate().immutable();
    registry
        .addResourceHandler(folder + "/bpmn-js/**")
        .addResourceLocations(files.viewerFolder())
        .setCacheControl(kept);
    ConsoleFiles.FORMS.forEach(
        (part, name) ->
            registry
                .addResourceHandler(folder + "/camunda/" + part + name + ".*")
                .addResourceLocations(ConsoleFiles.FORMS_FOLDER + part)
                .setCacheControl(kept));
    registry
        .addResourceHandler(folder + "/chart.js/**")
        .addResourceLocations(files.chartsFolder())
        .setCacheControl(kept);
    registry
        .addResourceHandler(folder + "/**")
        .addResourceLocations(files.locations())
        .setCacheControl(kept);
  }
}
