package org.balsam.platform.forge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.platform.forge.git.Commits;
import org.balsam.platform.forge.git.GitNames;

/**
 * What may enter a project's repository: no results of notebooks, no secrets, no large data. What
 * cannot be left out is refused, file by file.
 */
public final class ContentRules {

  /** Bytes of the largest file of data. */
  public static final int LARGEST_DATA = 1 << 20;

  private static final Set<String> DATA =
      Set.of(
          "arrow",
          "avro",
          "csv",
          "db",
          "dta",
          "duckdb",
          "feather",
          "gz",
          "h5",
          "jsonl",
          "npy",
          "npz",
          "onnx",
          "parquet",
          "pickle",
          "pkl",
          "rdata",
          "rds",
          "sas7bdat",
          "sav",
          "sqlite",
          "tar",
          "tsv",
          "xls",
          "xlsx",
          "xml",
          "zip");

  private ContentRules() {}

  /**
   * The files as they may be committed: notebooks without what running them wrote.
   *
   * @throws Invalid INVALID_INPUT with every file that holds what looks like a secret, by line and
   *     without its value, or is data of more than {@link #LARGEST_DATA} bytes
   */
  public static Map<String, byte[]> cleaned(Map<String, byte[]> files) {
    var cleaned = new LinkedHashMap<String, byte[]>();
    var problems = new ArrayList<Problem>();
    files.forEach(
        (path, content) -> {
          var kept = stripped(path, content);
          problems.addAll(problems(path, kept));
          cleaned.put(path, kept);
        });
    if (!problems.isEmpty()) {
      throw new Invalid(ErrorCode.INVALID_INPUT, problems);
    }
    return cleaned;
  }

  /** Whether a file may be committed once it is stripped. */
  public static boolean allow(String path, byte[] content) {
    return problems(path, stripped(path, content)).isEmpty();
  }

  private static byte[] stripped(String path, byte[] content) {
    return isNotebook(path, content) ? NotebookOutputs.strip(content).orElse(content) : content;
  }

  private static boolean isNotebook(String path, byte[] content) {
    return path.toLowerCase(Locale.ROOT).endsWith(".ipynb") && content.length > 0;
  }

  /**
   * Why a file that a person pushes may not enter; empty when it may. Nothing can be stripped on
   * this way, so results of a notebook are a reason too.
   */
  public static List<Problem> refusals(String path, byte[] content) {
    var problems = new ArrayList<>(problems(path, content));
    if (stripped(path, content) != content) {
      problems.add(
          new Problem(
              path,
              "holds results of running it, which can show confidential data. Once in each clone: pip install nbstripout && nbstripout --install; then: nbstripout '%s', add it and commit it again"
                  .formatted(path)));
    }
    return problems;
  }

  /** Why a file of so many bytes may not enter, whatever is in it. */
  public static Optional<Problem> tooLarge(String path, long bytes) {
    var allowed = isData(path) ? LARGEST_DATA : Commits.LARGEST_FILE;
    return bytes <= allowed
        ? Optional.empty()
        : Optional.of(
            new Problem(
                path,
                "has %d bytes%s; allowed in a repository: %d. Put it into the project's object storage, PUT /api/v1/projects/{project}/datasets/raw/{name}/objects/{file}?period=…, and read it as an input of balsam.yaml"
                    .formatted(bytes, isData(path) ? " of data" : "", allowed)));
  }

  /**
   * Secrets in a text or file, by line and without their value.
   *
   * @param where the file, or what else it is
   */
  public static List<Problem> secrets(String where, byte[] content) {
    return SecretPatterns.in(content).stream()
        .map(
            found ->
                new Problem(
                    where + ":" + found.line(),
                    "looks like "
                        + found.what()
                        + "; take it out, and exchange it if it is one: name the variable or file that holds it instead"))
        .toList();
  }

  private static List<Problem> problems(String path, byte[] content) {
    var problems = new ArrayList<Problem>();
    tooLarge(path, content.length).ifPresent(problems::add);
    if (isNotebook(path, content) && NotebookOutputs.strip(content).isEmpty()) {
      problems.add(new Problem(path, unreadable(content)));
    }
    problems.addAll(secrets(path, content));
    return problems;
  }

  private static String unreadable(byte[] notebook) {
    return NotebookOutputs.repeatedKey(notebook)
            .map(key -> "has the key '%s' twice in one place".formatted(GitNames.printable(key)))
            .orElse("is no notebook of format 4 that can be read")
        + ", so what running it wrote cannot be left out; open it in Jupyter and save it, or convert"
        + " it: jupyter nbconvert --to notebook --clear-output --inplace";
  }

  private static boolean isData(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return name.contains(".") && DATA.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
