package org.balsam.kernel;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list in a stable order.
 *
 * @param next opaque; passing it as cursor gives the following page; null on the last
 */
public record Page<T>(List<T> items, @Nullable String next) {

  public Page {
    items = List.copyOf(items);
  }

  /**
   * Cuts a page out of rows that were read with a limit of one more than wanted.
   *
   * @param cursor gives the cursor that starts right after an item
   */
  public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
    return rows.size() <= limit
        ? new Page<>(rows, null)
        : new Page<>(rows.subList(0, limit), cursor.apply(rows.get(limit - 1)));
  }

  /** The same page with converted items. */
  public <R> Page<R> map(Function<T, R> conversion) {
    return new Page<>(items.stream().map(conversion).toList(), next);
  }

  /**
   * Reads a cursor that names the item after which the page begins.
   *
   * @param parse reads the item's name
   * @return null for the first page
   * @throws Invalid naming {@code cursor} when it is none that an earlier page gave
   */
  public static <T> @Nullable T after(@Nullable String cursor, Function<String, T> parse) {
    try {
      return cursor == null ? null : parse.apply(cursor);
    } catch (Invalid | IllegalArgumentException malformed) {
      throw new Invalid(
          ErrorCode.INVALID_INPUT, "cursor", "use the value of 'next' of the page before");
    }
  }

  /**
   * Checks a requested page size.
   *
   * @throws Invalid unless {@code limit} is 1 to 200
   */
  public static int limit(int limit) {
    if (limit < 1 || limit > 200) {
      throw new Invalid(ErrorCode.INVALID_INPUT, "limit", limit + " is not in the range 1 to 200");
    }
    return limit;
  }
}
