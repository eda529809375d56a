package org.balsam.api;

import java.util.List;
import java.util.function.Function;
import org.balsam.kernel.Page;
import org.jspecify.annotations.Nullable;

/** Pages of lists that are in memory anyhow. */
final class Pages {

  private Pages() {}

  /**
   * The page after {@code cursor}.
   *
   * @param sorted in ascending order of {@code key}
   */
  static <T> Page<T> cut(
      List<T> sorted, Function<T, String> key, int limit, @Nullable String cursor) {
    var rows =
        sorted.stream()
            .filter(item -> cursor == null || key.apply(item).compareTo(cursor) > 0)
            .limit(Page.limit(limit) + 1L)
            .toList();
    return Page.of(rows, limit, key);
  }
}
