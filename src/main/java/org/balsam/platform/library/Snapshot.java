package org.balsam.platform.library;

import java.util.List;

/**
 * The files of a library at one commit.
 *
 * @param commit 40 hexadecimal digits
 * @param files those of the folders that were asked for, by path
 * @param leftOut why entries were left out, for people; the first 20 of them
 * @param leftOutCount how many were
 */
public record Snapshot(String commit, List<File> files, List<String> leftOut, int leftOutCount) {

  /** A file with its bytes. */
  public record File(String path, byte[] content) {}
}
