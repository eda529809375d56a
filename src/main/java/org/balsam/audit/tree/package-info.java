/** The Merkle tree of RFC 6962: hashes, roots, proofs; no input or output. */
@NullMarked
package org.balsam.audit.tree;

import org.jspecify.annotations.NullMarked;
