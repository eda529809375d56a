package org.balsam.standard.template;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where project templates come from.
 *
 * @param location a folder that holds one folder per template, each with a {@code template.yaml}:
 *     {@code classpath*:/templates/} for the packaged ones, or {@code file:/etc/balsam/templates/}
 */
@ConfigurationProperties("balsam.templates")
public record TemplatesProperties(@DefaultValue("classpath*:/templates/") String location) {

  public TemplatesProperties {
    location = location.endsWith("/") ? location : location + "/";
  }
}
