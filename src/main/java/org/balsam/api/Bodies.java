package org.balsam.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.converter.HttpMessageNotReadableException;

/** Explains to a caller what is wrong with a JSON body, without naming Java types. */
final class Bodies {

  private Bodies() {}

  static Invalid explain(HttpMessageNotReadableException error) {
    var pointer = pointer(error);
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof Invalid invalid) {
        return located(invalid, pointer);
      }
    }
    return new Invalid(ErrorCode.INVALID_INPUT, pointer, message(error.getCause()));
  }

  private static String message(@Nullable Throwable cause) {
    if (cause instanceof UnrecognizedPropertyException unknown) {
      return unknown(unknown);
    }
    if (cause instanceof MismatchedInputException other && other.getTargetType() == String.class) {
      return "is not a text; a text stands in quotation marks";
    }
    if (cause instanceof JsonMappingException) {
      return "has the wrong type or a value that is not allowed";
    }
    return cause instanceof JsonProcessingException
        ? "is not well-formed JSON"
        : "the body is missing or is not JSON; its fields are at /swagger-ui.html";
  }

  private static String unknown(UnrecognizedPropertyException unknown) {
    var allowed =
        Objects.requireNonNullElse(unknown.getKnownPropertyIds(), List.<Object>of()).stream()
            .map(Object::toString)
            .sorted()
            .collect(Collectors.joining(", "));
    return "is no field here; allowed: " + allowed;
  }

  /** The problems of a value, told with its place in the body instead of its kind. */
  private static Invalid located(Invalid invalid, String pointer) {
    return pointer.isEmpty()
        ? invalid
        : new Invalid(
            invalid.code(),
            invalid.problems().stream()
                .map(problem -> new Problem(pointer, problem.message()))
                .toList());
  }

  private static String pointer(HttpMessageNotReadableException error) {
    if (!(error.getCause() instanceof JsonMappingException mapping)) {
      return "";
    }
    var path = new StringBuilder();
    for (var step : mapping.getPath()) {
      var name = step.getFieldName();
      path.append('/')
          .append(
              name == null
                  ? String.valueOf(step.getIndex())
                  : name.replace("~", "~0").replace("/", "~1"));
    }
    return HiddenText.shown(path.toString());
  }
}
