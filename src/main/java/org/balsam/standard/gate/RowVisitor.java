package org.balsam.standard.gate;

import java.util.List;
import java.util.Set;

/** Who is shown a table: the header, then every row. */
interface RowVisitor {

  /** The columns that must be there. */
  Set<String> columns();

  default void header(List<String> names) {}

  void row(TableRow row);
}
