package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.balsam.kernel.ProjectId;
import org.balsam.kernel.Sha256;
import org.balsam.standard.gate.HardwareProfile;
import org.balsam.usecase.lab.TemplateView;
import org.balsam.usecase.lab.TemplateView.Deprecated;
import org.balsam.usecase.lab.WorkspaceTemplates.Offer;
import org.balsam.usecase.lab.WorkspaceTemplates.Wish;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/** What a launch link shows before anything is asked for. */
class LaunchPageTest {

  @Test
  void saysThatATemplateIsNoLongerRecommended() {
    var gone = new Deprecated("R <3 is old", "r-large", LocalDate.of(2027, 1, 31));
    assertThat(page("en", gone))
        .contains(
            "<strong>No longer recommended</strong>: <span lang=\"en\">R &lt;3 is old</span>",
            "It can be used until 2027-01-31. Use instead: r-large.");
    assertThat(page("sv", new Deprecated("old", null, null)))
        .contains("<strong>Rekommenderas inte längre</strong>: <span lang=\"en\">old</span></p>");
  }

  @Test
  void saysNothingOfOneThatIsRecommended() {
    assertThat(page("en", null)).contains("<button").doesNotContain("recommended");
  }

  private static String page(String language, @Nullable Deprecated deprecated) {
    var request = new MockHttpServletRequest();
    request.addHeader("Accept-Language", language);
    request.addPreferredLocale(java.util.Locale.forLanguageTag(language));
    var small = HardwareProfile.SMALL;
    var template =
        new TemplateView(
            "r-small",
            "R",
            "An R session",
            "1.0.0",
            Sha256.of("files"),
            "folder",
            List.of(small),
            List.of(),
            List.of(),
            deprecated);
    var link = new LaunchLink(new ProjectId("lfs"), "main", "Course", small, Map.of());
    return new LaunchPage(request)
        .question(
            new Offer(template, new Wish("r-small", small, Map.of())),
            link,
            "key",
            new DefaultCsrfToken("header", "_csrf", "token"));
  }
}
