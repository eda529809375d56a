package org.balsam.standard.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.balsam.kernel.Invalid.Problem;
import org.balsam.kernel.Sha256;
import org.balsam.standard.yaml.Shown;
import org.balsam.standard.yaml.YamlTree;

/** The files of a template as texts, held against limits; says what is not right. */
final class TemplateFiles {

  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final int MOST_FILES = 40;

  private final String place;
  private final List<Problem> problems = new ArrayList<>();
  private final TreeMap<String, String> texts = new TreeMap<>();
  private int count;

  private TemplateFiles(String place) {
    this.place = place;
  }

  /** Those of a folder; follows no link and looks into no folder below. */
  static TemplateFiles of(Path folder) throws IOException {
    var files = new TemplateFiles(folder.toString());
    if (!Files.isDirectory(folder)) {
      files.problems.add(new Problem(files.place, "is not a folder"));
      return files;
    }
    try (var listed = Files.list(folder)) {
      for (var file : listed.sorted().limit(MOST_FILES + 1L).toList()) {
        files.count++;
        files.read(file, file.getFileName().toString());
      }
    }
    files.limit();
    return files;
  }

  /** Those of a folder that is somewhere else than on this machine. */
  static TemplateFiles of(String place, Map<String, byte[]> contents) {
    var files = new TemplateFiles(place);
    files.count = contents.size();
    new TreeMap<>(contents)
        .entrySet().stream()
            .limit(MOST_FILES)
            .filter(one -> isWanted(one.getKey()))
            .forEach(one -> files.take(one.getKey(), one.getValue()));
    files.limit();
    return files;
  }

  String place() {
    return place;
  }

  List<Problem> problems() {
    return problems;
  }

  TreeMap<String, String> texts() {
    return texts;
  }

  /** Of all names and texts; other files have another one. */
  Sha256 digest() {
    var all = new StringBuilder();
    texts.forEach(
        (name, text) ->
            all.append(name).append(' ').append(text.length()).append('\n').append(text));
    return Sha256.of(all.toString());
  }

  private void limit() {
    require(count <= MOST_FILES, place, "has more than 40 files");
  }

  private static boolean isWanted(String name) {
    return name.equals(TemplateFolder.ORIGINAL) || name.endsWith(".yaml");
  }

  private void read(Path file, String name) throws IOException {
    if (!isWanted(name)) {
      return;
    }
    var isPlain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    require(isPlain, Shown.of(name), "is not a plain file; links are not followed");
    if (isPlain) {
      try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        take(name, in.readNBytes(YamlTree.MAXIMUM_BYTES + 1));
      }
    }
  }

  private void take(String name, byte[] bytes) {
    require(FILE.matcher(name).matches(), Shown.of(name), "is no plain file name");
    require(bytes.length <= YamlTree.MAXIMUM_BYTES, Shown.of(name), "is larger than 256 KiB");
    try {
      texts.put(
          name, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notUtf8) {
      problems.add(new Problem(Shown.of(name), "is not UTF-8 text"));
    }
  }

  private void require(boolean right, String where, String otherwise) {
    if (!right) {
      problems.add(new Problem(where, otherwise));
    }
  }
}
