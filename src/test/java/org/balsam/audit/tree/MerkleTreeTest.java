package org.balsam.audit.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

  /** The leaves and roots of the reference implementation of RFC 6962. */
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  @Test
  void computesTheKnownRoots() {
    var stored = new Stored();
    var range = new CompactRange();
    assertThat(hex(range.root())).isEqualTo(ROOTS.get(0));
    for (int size = 1; size <= LEAVES.size(); size++) {
      var leaf = Merkle.leaf(HexFormat.of().parseHex(LEAVES.get(size - 1)));
      range.append(leaf);
      stored.add(List.of(leaf));
      assertThat(hex(range.root())).isEqualTo(ROOTS.get(size));
      assertThat(hex(stored.tree().root(size))).isEqualTo(ROOTS.get(size));
    }
  }

  @Test
  void givesTheKnownProofs() {
    var stored = new Stored();
    stored.add(LEAVES.stream().map(leaf -> Merkle.leaf(HexFormat.of().parseHex(leaf))).toList());
    assertThat(hex(stored.tree().inclusion(0, 8)))
        .containsExactly(
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    assertThat(hex(stored.tree().inclusion(5, 8)))
        .containsExactly(
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    assertThat(hex(stored.tree().consistency(6, 8)))
        .containsExactly(
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
  }

  @Test
  void provesEveryLeafAndEveryPrefixOfSmallTrees() {
    var stored = new Stored();
    var leaves = leaves(40);
    stored.add(leaves);
    var tree = stored.tree();
    for (int size = 1; size <= 40; size++) {
      var root = tree.root(size);
      for (int index = 0; index < size; index++) {
        var proof = tree.inclusion(index, size);
        assertThat(Proofs.included(leaves.get(index), index, size, root, proof)).isTrue();
        assertThat(Proofs.included(leaves.get((index + 1) % 40), index, size, root, proof))
            .isFalse();
        for (int other = 0; other < size; other++) {
          if (other != index) {
            assertThat(Proofs.included(leaves.get(index), other, size, root, proof)).isFalse();
          }
        }
      }
      for (int from = 0; from <= size; from++) {
        var proof = tree.consistency(from, size);
        assertThat(Proofs.consistent(from, tree.root(from), size, root, proof)).isTrue();
        if (from > 0 && from < size) {
          assertThat(Proofs.consistent(from, tree.root(from - 1), size, root, proof)).isFalse();
          assertThat(Proofs.consistent(from, tree.root(from), size, tree.root(from), proof))
              .isFalse();
        }
      }
    }
  }

  @Test
  void growsInBatchesOverTheEdgesOfTiles() {
    var stored = new Stored();
    var range = new CompactRange();
    var leaves = leaves(70_000);
    for (int from = 0; from < leaves.size(); ) {
      var to = Math.min(leaves.size(), from + 1 + from % 777);
      leaves.subList(from, to).forEach(range::append);
      stored.add(leaves.subList(from, to));
      from = to;
    }
    var tree = stored.tree();
    assertThat(tree.root(70_000)).isEqualTo(range.root());
    assertThat(stored.levels.get(16)).hasSize(1);
    for (var index : new long[] {0, 255, 256, 65_535, 65_536, 69_999}) {
      var proof = tree.inclusion(index, 70_000);
      assertThat(Proofs.included(leaves.get((int) index), index, 70_000, range.root(), proof))
          .isTrue();
      assertThat(
              Proofs.consistent(
                  index, tree.root(index), 70_000, range.root(), tree.consistency(index, 70_000)))
          .isTrue();
    }
  }

  @Test
  void refusesProofsThatAreTooLongOrMisshapen() {
    var stored = new Stored();
    var leaves = leaves(9);
    stored.add(leaves);
    var root = stored.tree().root(9);
    var proof = stored.tree().inclusion(3, 9);
    var longer = new ArrayList<>(proof);
    longer.add(root);
    var oversize = new ArrayList<byte[]>();
    for (int i = 0; i < 65; i++) {
      oversize.add(root);
    }
    var misshapen = new ArrayList<>(proof);
    misshapen.set(0, new byte[31]);
    assertThat(Proofs.included(leaves.get(3), 3, 9, root, longer)).isFalse();
    assertThat(Proofs.included(leaves.get(3), 3, 9, root, proof.subList(1, proof.size())))
        .isFalse();
    assertThat(Proofs.included(leaves.get(3), 3, 9, root, oversize)).isFalse();
    assertThat(Proofs.included(leaves.get(3), 3, 9, root, misshapen)).isFalse();
    assertThat(Proofs.included(leaves.get(3), -1, 9, root, proof)).isFalse();
    assertThat(Proofs.included(leaves.get(3), 9, 9, root, proof)).isFalse();
    assertThat(Proofs.consistent(3, root, 9, root, oversize)).isFalse();
    assertThat(Proofs.consistent(3, root, 9, root, List.of())).isFalse();
    assertThat(Proofs.consistent(10, root, 9, root, List.of())).isFalse();
  }

  @Test
  void aNodeCannotPassForALeaf() {
    var leaves = leaves(2);
    var children = new byte[64];
    System.arraycopy(leaves.get(0), 0, children, 0, 32);
    System.arraycopy(leaves.get(1), 0, children, 32, 32);
    var root = Merkle.node(leaves.get(0), leaves.get(1));
    assertThat(Proofs.included(Merkle.leaf(children), 0, 1, root, List.of())).isFalse();
  }

  private static List<byte[]> leaves(int count) {
    var leaves = new ArrayList<byte[]>();
    for (int i = 0; i < count; i++) {
      leaves.add(Merkle.leaf(String.valueOf(i).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
    return leaves;
  }

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  private static List<String> hex(List<byte[]> hashes) {
    return hashes.stream().map(MerkleTreeTest::hex).toList();
  }

  /** Keeps hashes as the database does. */
  private static final class Stored {
    private final Map<Integer, List<byte[]>> levels = new HashMap<>();

    StoredTree tree() {
      return new StoredTree(
          (level, from, count) -> row(level).subList((int) from, (int) from + count));
    }

    void add(List<byte[]> leaves) {
      var above = tree().completed(row(0).size(), leaves);
      row(0).addAll(leaves);
      above.forEach(
          (level, run) -> {
            assertThat(run.first()).isEqualTo(row(level).size());
            row(level).addAll(run.hashes());
          });
    }

    private List<byte[]> row(int level) {
      return levels.computeIfAbsent(level, key -> new ArrayList<>());
    }
  }
}
