package org.balsam.api;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Marks each field of a record as required that is not {@link Nullable}. */
final class RequiredFields implements ModelConverter {

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    if (!chain.hasNext()) {
      return null;
    }
    var schema = chain.next().resolve(type, context, chain);
    var record = Json.mapper().constructType(type.getType()).getRawClass();
    if (schema != null && record.isRecord()) {
      var name = schema.get$ref();
      mark(
          name == null
              ? schema
              : context.getDefinedModels().get(name.substring(name.lastIndexOf('/') + 1)),
          record);
    }
    return schema;
  }

  private static void mark(@Nullable Schema<?> schema, Class<?> record) {
    if (schema == null || schema.getProperties() == null) {
      return;
    }
    for (var component : record.getRecordComponents()) {
      var name = component.getName();
      var isRequired = schema.getRequired() != null && schema.getRequired().contains(name);
      if (!isRequired
          && schema.getProperties().containsKey(name)
          && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        schema.addRequiredItem(name);
      }
    }
  }
}
