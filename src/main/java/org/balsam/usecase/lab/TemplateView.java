package org.balsam.usecase.lab;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import org.balsam.kernel.Role;
import org.balsam.kernel.Sha256;
import org.balsam.standard.catalogue.OfferedTemplate;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.standard.workspace.Deprecation;
import org.balsam.standard.workspace.TemplateParameter;
import org.jspecify.annotations.Nullable;

/**
 * A template that workspaces can be made from, as shown.
 *
 * @param digest of all its files
 * @param source where it comes from: {@code built-in}, {@code folder}, {@code git methods}
 * @param hardware the sizes that may be asked for
 * @param roles who may use it in a project; empty for everybody who explores
 * @param deprecated null while it is recommended
 */
public record TemplateView(
    String id,
    String name,
    String description,
    String version,
    Sha256 digest,
    String source,
    List<HardwareProfile> hardware,
    List<Role> roles,
    List<Parameter> parameters,
    @Nullable Deprecated deprecated) {

  /**
   * What a person may or must say.
   *
   * @param schema a JSON Schema (2020-12)
   * @param otherwise the value when none is given; null when one must be given
   */
  public record Parameter(
      String name,
      String description,
      JsonNode schema,
      @JsonProperty("default") @Nullable JsonNode otherwise) {

    static Parameter of(TemplateParameter declared) {
      return new Parameter(
          declared.name(), declared.description(), declared.schema(), declared.otherwise());
    }
  }

  /**
   * Why it should not be used any more.
   *
   * @param successor the template to use instead
   * @param until the last day on which it may be used, UTC
   */
  public record Deprecated(String reason, @Nullable String successor, @Nullable LocalDate until) {

    static @Nullable Deprecated of(@Nullable Deprecation said) {
      return said == null ? null : new Deprecated(said.reason(), said.successor(), said.until());
    }
  }

  static TemplateView of(OfferedTemplate offered) {
    var template = offered.template();
    return new TemplateView(
        template.id(),
        template.title(),
        template.description(),
        template.version(),
        template.digest(),
        offered.source(),
        template.use().hardware(),
        template.use().roles().stream().sorted().toList(),
        template.parameters().stream().map(Parameter::of).toList(),
        Deprecated.of(template.use().deprecation()));
  }
}
