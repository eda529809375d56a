package org.balsam.platform.compute.runner;

import static org.assertj.core.api.Assertions.assertThat;

import org.balsam.platform.compute.runner.SqlScript.Statement;
import org.junit.jupiter.api.Test;

class SqlScriptTest {

  @Test
  void cutsAtSemicolonsAndCountsLines() {
    assertThat(SqlScript.statements("select 1;\n\n-- note;\nselect 2; select 3"))
        .containsExactly(
            new Statement(1, 1, "select 1"),
            new Statement(2, 4, "\n\n-- note;\nselect 2"),
            new Statement(3, 4, "\n\n\n select 3"));
  }

  @Test
  void leavesSemicolonsInQuotesAndCommentsAlone() {
    for (var text :
        new String[] {
          "select ';'",
          "select 'it''s;'",
          "select \"a;b\"",
          "select E'\\';'",
          "select $$a;b$$",
          "select $t$a;$$;b$t$",
          "select 1 /* a; /* b; */ c; */",
          "select 1 -- a;",
          "select 'unfinished;"
        }) {
      assertThat(SqlScript.statements(text))
          .as(text)
          .extracting(Statement::sql)
          .containsExactly(text);
    }
  }

  @Test
  void findsNothingInCommentsAndWhiteSpace() {
    assertThat(SqlScript.statements(" ;; -- a\n /* b */ ;\n")).isEmpty();
  }

  @Test
  void aBackslashEndsNothingInAPlainString() {
    assertThat(SqlScript.statements("select '\\'; select 2")).hasSize(2);
  }
}
