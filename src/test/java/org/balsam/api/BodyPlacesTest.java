package org.balsam.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class BodyPlacesTest {

  record Body(
      String purpose,
      @StandsFor("title") String name,
      @Nullable Map<String, Object> none,
      Map<String, Object> variables) {}

  @BeforeEach
  void aRequest() {
    RequestContextHolder.setRequestAttributes(
        new ServletRequestAttributes(new MockHttpServletRequest()));
  }

  @AfterEach
  void noRequest() {
    RequestContextHolder.resetRequestAttributes();
  }

  @ParameterizedTest
  @CsvSource({
    "purpose, /purpose",
    "title, /name",
    "name, /name",
    "newEndDate, /variables/newEndDate",
    "/variables/level, /variables/level",
    "/purpose, /purpose",
    "limit, limit",
    "balsam.yaml:5, balsam.yaml:5",
    "'', ''",
  })
  void tellsWhereInTheBodyItIs(String inside, String sent) {
    BodyPlaces.remember(new Body("a", "b", null, Map.of("newEndDate", "2020-01-01")));
    assertThat(pointed(inside)).isEqualTo(sent);
  }

  @Test
  void withoutABodyItStaysWhereItIs() {
    assertThat(pointed("purpose")).isEqualTo("purpose");
    BodyPlaces.remember("text");
    assertThat(pointed("purpose")).isEqualTo("purpose");
    RequestContextHolder.resetRequestAttributes();
    BodyPlaces.remember(new Body("a", "b", null, Map.of()));
    assertThat(pointed("purpose")).isEqualTo("purpose");
  }

  private static String pointed(String where) {
    var told = BodyPlaces.pointed(new Invalid(ErrorCode.INVALID_INPUT, where, "is wrong"));
    assertThat(told.code()).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(told.problems().get(0).message()).isEqualTo("is wrong");
    return told.problems().get(0).where();
  }
}
