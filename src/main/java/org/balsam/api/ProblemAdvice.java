package org.balsam.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.balsam.kernel.BalsamException;
import org.balsam.kernel.CallContext;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.ExternalFailure;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Rejection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.util.ClassUtils;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Turns every error into problem details (RFC 9457) with a stable {@code code}. An error in the
 * middle of an answer is passed on, so that the connection breaks and nobody takes half a file for
 * a whole one.
 */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<ProblemDetail> rejected(BalsamException error, HttpServletResponse response) {
    if (response.isCommitted()) {
      throw error;
    }
    return rejected(error);
  }

  private static ResponseEntity<ProblemDetail> rejected(BalsamException raised) {
    var error = raised instanceof Invalid invalid ? BodyPlaces.pointed(invalid) : raised;
    var problem = problem(error.code(), error.getMessage());
    if (error instanceof Invalid invalid) {
      problem.setProperty("problems", invalid.problems());
    }
    if (error instanceof Rejection no && no.where() != null) {
      problem.setProperty("problems", List.of(new Invalid.Problem(no.where(), no.getMessage())));
    }
    var answer = ResponseEntity.status(error.code().httpStatus());
    if (error instanceof ExternalFailure failure) {
      LOG.warn("{} [correlation {}]", failure.getMessage(), correlation());
      answer.header(HttpHeaders.RETRY_AFTER, DatabaseTrouble.RETRY_AFTER_SECONDS);
    }
    return answer.body(problem);
  }

  /** The same answer for what fails in a controller and before it. */
  static ResponseEntity<ProblemDetail> external(ExternalFailure error) {
    return rejected(error);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> stale(OptimisticLockingFailureException error) {
    return answer(
        ErrorCode.STALE, "somebody changed this at the same moment; read it again and repeat");
  }

  /** The same answer for what fails in a controller and before it. */
  static ResponseEntity<ProblemDetail> databaseDown(String detail) {
    var problem = problem(ErrorCode.EXTERNAL_SYSTEM, detail);
    problem.setStatus(HttpStatus.SERVICE_UNAVAILABLE);
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, DatabaseTrouble.RETRY_AFTER_SECONDS)
        .body(problem);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> denied(AccessDeniedException error) {
    return answer(ErrorCode.FORBIDDEN, "your roles do not allow this");
  }

  /** What is left after the use cases' own checks: somebody else was faster. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> taken(DataIntegrityViolationException error) {
    LOG.warn("a constraint refused a change [correlation {}]", correlation(), error);
    return answer(
        ErrorCode.ALREADY_EXISTS, "somebody made the same at the same moment; read it first");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> bug(Exception error, HttpServletResponse response)
      throws Exception {
    if (response.isCommitted()) {
      throw error;
    }
    var trouble = DatabaseTrouble.in(error);
    if (trouble.isPresent()) {
      LOG.warn("the database did not answer: {}", error.getMessage());
      return databaseDown(trouble.get());
    }
    var correlation = correlation();
    LOG.error("unexpected error [correlation {}]", correlation, error);
    return answer(
        ErrorCode.INTERNAL,
        "something went wrong inside Balsam; tell the operator the correlation id " + correlation);
  }

  @Override
  protected ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException error,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return untyped(rejected(Bodies.explain(error)));
  }

  @Override
  protected ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException error,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var problems =
        error.getFieldErrors().stream()
            .sorted(Comparator.comparing(FieldError::getField))
            .map(field -> new Invalid.Problem(pointer(field.getField()), "is needed"))
            .toList();
    return untyped(rejected(new Invalid(ErrorCode.INVALID_INPUT, problems)));
  }

  @Override
  protected ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException error, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof BalsamException known) {
        return untyped(rejected(known));
      }
    }
    var type = error.getRequiredType();
    var where =
        error instanceof MethodArgumentTypeMismatchException argument ? argument.getName() : "";
    var message = "is not a " + (type == null ? "value that is allowed" : words(type));
    return untyped(rejected(new Invalid(ErrorCode.INVALID_INPUT, where, message)));
  }

  /** People who mistype an address in a browser are told so by a page, programs by JSON. */
  @Override
  protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
      NoResourceFoundException error,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (request instanceof ServletWebRequest web
        && web.getResponse() != null
        && asksForAPage(web.getRequest())) {
      sendToThePage(web.getResponse(), status);
      return null;
    }
    return super.handleNoResourceFoundException(error, headers, status, request);
  }

  private static boolean asksForAPage(HttpServletRequest request) {
    var accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept != null
        && accept.contains(MediaType.TEXT_HTML_VALUE)
        && !request.getServletPath().startsWith("/api/");
  }

  private static void sendToThePage(HttpServletResponse response, HttpStatusCode status) {
    try {
      response.sendError(status.value());
    } catch (IOException gone) {
      throw new UncheckedIOException("the client did not take the answer", gone);
    }
  }

  @Override
  protected ResponseEntity<Object> handleExceptionInternal(
      Exception error,
      Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var answer = body == null && error instanceof ErrorResponse known ? known.getBody() : body;
    if (answer instanceof ProblemDetail problem) {
      var code = codeOf(status);
      if (error instanceof NoResourceFoundException) {
        problem.setDetail("there is no such address; /swagger-ui.html lists those that there are");
      }
      if (error instanceof HttpMediaTypeNotSupportedException) {
        problem.setDetail(problem.getDetail() + " Send application/json.");
      }
      problem.setType(type(code));
      problem.setProperty("code", code);
    }
    return super.handleExceptionInternal(error, answer, headers, status, request);
  }

  /** The stable code of an error that no use case raised. */
  static String codeOf(HttpStatusCode status) {
    return switch (status.value()) {
      case 401 -> "unauthenticated";
      case 403 -> ErrorCode.FORBIDDEN.code();
      case 404 -> ErrorCode.NOT_FOUND.code();
      case 413 -> ErrorCode.TOO_LARGE.code();
      default ->
          status.is5xxServerError() ? ErrorCode.INTERNAL.code() : ErrorCode.INVALID_INPUT.code();
    };
  }

  private static ResponseEntity<ProblemDetail> answer(ErrorCode code, String detail) {
    return ResponseEntity.status(code.httpStatus()).body(problem(code, detail));
  }

  private static ProblemDetail problem(ErrorCode code, String detail) {
    var problem =
        ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(code.httpStatus()), detail);
    problem.setType(type(code.code()));
    problem.setProperty("code", code.code());
    return problem;
  }

  static URI type(String code) {
    return URI.create("urn:balsam:problem:" + code);
  }

  private static ResponseEntity<Object> untyped(ResponseEntity<ProblemDetail> answer) {
    return ResponseEntity.status(answer.getStatusCode()).body(answer.getBody());
  }

  private static String pointer(String field) {
    return "/" + field.replace('.', '/').replaceAll("\\[(\\d+)]", "/$1");
  }

  private static String words(Class<?> type) {
    if (type == Instant.class) {
      return "time of RFC 3339, for example 2026-11-13T09:30:00Z";
    }
    return Number.class.isAssignableFrom(ClassUtils.resolvePrimitiveIfNecessary(type))
        ? "whole number in range"
        : "value that is allowed here";
  }

  private static String correlation() {
    return String.valueOf(CallContext.current().correlation());
  }
}
