package org.balsam.api;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Says where in the body that a client sent something is wrong, always as a JSON pointer. Use cases
 * know their own names only.
 */
final class BodyPlaces {

  private static final String BODY = BodyPlaces.class.getName();

  private BodyPlaces() {}

  /** Keeps the body of the current request. */
  static void remember(Object body) {
    var request = RequestContextHolder.getRequestAttributes();
    if (request != null) {
      request.setAttribute(BODY, body, RequestAttributes.SCOPE_REQUEST);
    }
  }

  /** The same problems; those of the body's fields with a pointer to them. */
  static Invalid pointed(Invalid invalid) {
    var request = RequestContextHolder.getRequestAttributes();
    var body = request == null ? null : request.getAttribute(BODY, RequestAttributes.SCOPE_REQUEST);
    return body == null || !body.getClass().isRecord()
        ? invalid
        : new Invalid(
            invalid.code(),
            invalid.problems().stream()
                .map(one -> new Problem(pointed(body, one.where()), one.message()))
                .toList());
  }

  private static String pointed(Object body, String where) {
    var fields = body.getClass().getRecordComponents();
    return named(fields, where)
        .or(() -> inside(fields, body, where))
        .map(place -> "/" + place)
        .orElse(where);
  }

  private static Optional<String> named(RecordComponent[] fields, String where) {
    return Arrays.stream(fields)
        .filter(field -> field.getName().equals(where) || where.equals(inner(field)))
        .map(RecordComponent::getName)
        .findFirst();
  }

  private static @Nullable String inner(RecordComponent field) {
    var inner = field.getAnnotation(StandsFor.class);
    return inner == null ? null : inner.value();
  }

  /** A key of a field that holds values by name, as the variables of a task. */
  private static Optional<String> inside(RecordComponent[] fields, Object body, String where) {
    return Arrays.stream(fields)
        .filter(field -> value(field, body) instanceof Map<?, ?> map && map.containsKey(where))
        .map(field -> field.getName() + "/" + where.replace("~", "~0").replace("/", "~1"))
        .findFirst();
  }

  private static @Nullable Object value(RecordComponent field, Object body) {
    try {
      var read = field.getAccessor();
      read.setAccessible(true);
      return read.invoke(body);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
