package org.balsam.api;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.ExternalFailure;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what fails before or beside the controllers in the same form, without any detail. */
@Hidden
@RestController
class ProblemErrorController implements ErrorController {

  /** For people in a browser, who ask for HTML by name. */
  @RequestMapping(value = "/error", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<String> page(HttpServletRequest request) {
    var answer = error(request);
    var problem = answer.getBody();
    var detail = problem == null || problem.getDetail() == null ? "" : problem.getDetail();
    var status = HttpStatus.valueOf(answer.getStatusCode().value());
    return ResponseEntity.status(status)
        .headers(answer.getHeaders())
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .body(new ErrorPage(request, status).html(detail));
  }

  @RequestMapping("/error")
  ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
    var error = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    var trouble =
        error instanceof Throwable thrown ? DatabaseTrouble.in(thrown) : Optional.<String>empty();
    if (trouble.isPresent()) {
      return ProblemAdvice.databaseDown(trouble.get());
    }
    if (error instanceof ExternalFailure failure) {
      return ProblemAdvice.external(failure);
    }
    var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    var known = code instanceof Integer number ? HttpStatus.resolve(number) : null;
    var status = known == null ? HttpStatus.NOT_FOUND : known;
    var problem = ProblemDetail.forStatusAndDetail(status, detail(status));
    problem.setType(ProblemAdvice.type(ProblemAdvice.codeOf(status)));
    problem.setProperty("code", ProblemAdvice.codeOf(status));
    return ResponseEntity.status(status).body(problem);
  }

  /** The members of the same answer where Spring is not there to write it. */
  static Map<String, Object> fields(HttpStatus status) {
    var code = ProblemAdvice.codeOf(status);
    var fields = new LinkedHashMap<String, Object>();
    fields.put("type", ProblemAdvice.type(code));
    fields.put("title", status.getReasonPhrase());
    fields.put("status", status.value());
    fields.put("detail", detail(status));
    fields.put("code", code);
    return fields;
  }

  private static String detail(HttpStatus status) {
    return switch (status) {
      case UNAUTHORIZED -> "sign in first; GET /api/v1/me tells whether it worked";
      case FORBIDDEN ->
          "nobody is signed in, your roles do not allow this, or another site sent it";
      case NOT_FOUND -> "there is nothing here";
      case BAD_REQUEST ->
          "the address or a header is malformed: it holds '..', '//', an encoded slash or a"
              + " character that is not allowed there";
      default -> status.is5xxServerError() ? "something went wrong inside Balsam" : "not accepted";
    };
  }
}
