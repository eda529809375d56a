package org.balsam.usecase.library;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of the libraries' items, and the index over them. */
@Component
class ItemRows {

  private static final int BATCH = 50;
  private static final String COLUMNS =
      "i.library, i.id, l.commit_id, i.path, i.kind, i.is_folder, i.title, i.language, i.size";
  private static final String FROM =
      " from balsam.library_item i join balsam.library l on l.id = i.library ";

  private final JdbcClient database;
  private final JdbcTemplate batches;

  ItemRows(JdbcClient database, JdbcTemplate batches) {
    this.database = database;
    this.batches = batches;
  }

  /** The bytes of a file. */
  record File(String path, byte[] content) {}

  /** Replaces all that a library holds, within the caller's transaction. */
  void replace(String library, List<LibraryItem> items) {
    database.sql("delete from balsam.library_item where library = ?").param(library).update();
    batches.batchUpdate(
        """
        insert into balsam.library_item
          (library, id, path, folder, kind, is_folder, size, content, title, language, body, search)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
          setweight(to_tsvector(cast(? as regconfig), ?), 'A')
          || setweight(to_tsvector(cast(? as regconfig), ?), 'B')
          || setweight(to_tsvector(cast(? as regconfig), ?), 'C'))
        """,
        items,
        BATCH,
        (statement, item) -> fill(statement, library, item));
  }

  private static void fill(PreparedStatement row, String library, LibraryItem item)
      throws SQLException {
    var rules = rules(item.text().language());
    row.setString(1, library);
    row.setString(2, LibraryItem.id(item.path()));
    row.setString(3, item.path());
    row.setString(4, item.folder());
    row.setString(5, item.kind().value());
    row.setBoolean(6, item.content() == null);
    row.setLong(7, item.size());
    row.setBytes(8, item.content());
    row.setString(9, item.text().title());
    row.setString(10, item.text().language().value());
    row.setString(11, item.text().words());
    row.setString(12, rules);
    row.setString(13, item.text().title());
    row.setString(14, rules);
    row.setString(15, item.path().replaceAll("[^\\p{L}\\p{N}]+", " "));
    row.setString(16, rules);
    row.setString(17, item.text().words());
  }

  private static String rules(ItemLanguage language) {
    return switch (language) {
      case SV -> "swedish";
      case EN -> "english";
      case OTHER -> "simple";
    };
  }

  /** How many files each library has. */
  Map<String, Long> counts(Collection<String> libraries) {
    return database
        .sql(
            "select library, count(*) as files from balsam.library_item"
                + " where not is_folder and library = any (cast(? as text[])) group by library")
        .param(libraries.toArray(String[]::new))
        .query((row, number) -> Map.entry(row.getString("library"), row.getLong("files")))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * Items of a library by path.
   *
   * @param folder only what is in it; null for all
   * @param after the path before the first
   */
  List<ItemView> list(
      String library,
      @Nullable ItemKind kind,
      @Nullable String folder,
      @Nullable String after,
      int limit) {
    return database
        .sql(
            "select "
                + COLUMNS
                + FROM
                + """
                where i.library = :library
                  and (cast(:kind as text) is null or i.kind = :kind)
                  and (cast(:folder as text) is null or i.folder = :folder)
                  and i.path collate "C" > coalesce(cast(:after as text), '')
                order by i.path collate "C" limit :limit
                """)
        .param("library", library)
        .param("kind", kind == null ? null : kind.value())
        .param("folder", folder)
        .param("after", after)
        .param("limit", limit)
        .query((row, number) -> view(row))
        .list();
  }

  Optional<ItemView> find(String library, String id) {
    return database
        .sql("select " + COLUMNS + FROM + "where i.library = ? and i.id = ?")
        .params(library, id)
        .query((row, number) -> view(row))
        .optional();
  }

  /** A file, or all files below a folder, by path. */
  List<File> files(ItemView item) {
    return database
        .sql(
            """
            select path, content from balsam.library_item
            where library = :library and not is_folder
              and (path = :path or starts_with(path, :path || '/'))
            order by path collate "C"
            """)
        .param("library", item.library())
        .param("path", item.path())
        .query((row, number) -> new File(row.getString("path"), row.getBytes("content")))
        .list();
  }

  /** Items in which the words are found by the rules of their language, best first. */
  List<ItemHit> search(
      Collection<String> libraries, String words, @Nullable ItemKind kind, int offset, int limit) {
    return database
        .sql(
            """
            with asked as (
              select 'sv' as language, cast('swedish' as regconfig) as rules,
                     websearch_to_tsquery('swedish', :words) as query
              union all
              select 'en', 'english', websearch_to_tsquery('english', :words)
              union all
              select 'other', 'simple', websearch_to_tsquery('simple', :words)),
            found as (
              select i.library, i.id, i.path, i.kind, i.is_folder, i.title, i.language, i.size,
                     a.rules, a.query, ts_rank_cd(i.search, a.query) as score
                from balsam.library_item i
                join asked a on a.language = i.language and i.search @@ a.query
               where i.library = any (cast(:libraries as text[]))
                 and (cast(:kind as text) is null or i.kind = :kind)
               order by score desc, i.library, i.path
               limit :limit offset :offset)
            select f.library, f.id, l.commit_id, f.path, f.kind, f.is_folder, f.title, f.language,
                   f.size, ts_headline(f.rules, left(i.body, 20000), f.query,
                     'StartSel="",StopSel="",MaxWords=40,MinWords=20') as excerpt
              from found f
              join balsam.library_item i on i.library = f.library and i.id = f.id
              join balsam.library l on l.id = f.library
             order by f.score desc, f.library, f.path
            """)
        .param("words", words)
        .param("libraries", libraries.toArray(String[]::new))
        .param("kind", kind == null ? null : kind.value())
        .param("limit", limit)
        .param("offset", offset)
        .query((row, number) -> new ItemHit(view(row), row.getString("excerpt")))
        .list();
  }

  private static ItemView view(ResultSet row) throws SQLException {
    var path = row.getString("path");
    return new ItemView(
        row.getString("library"),
        row.getString("id"),
        row.getString("commit_id"),
        path,
        path.substring(path.lastIndexOf('/') + 1),
        ItemKind.parse(row.getString("kind")),
        row.getBoolean("is_folder"),
        row.getString("title"),
        ItemLanguage.valueOf(row.getString("language").toUpperCase(Locale.ROOT)),
        row.getLong("size"));
  }
}
