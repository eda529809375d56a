package org.balsam.standard.promotion;

import org.jspecify.annotations.Nullable;

/**
 * The figures of one class.
 *
 * @param name the class
 * @param support the cases that truly are of the class
 * @param predicted the cases predicted to be of the class
 * @param recall right predictions of the class / support; null when the support is 0
 * @param precision right predictions of the class / predicted; null when nothing was predicted so
 * @param f1 2·right / (support + predicted); 0 when both are 0
 */
public record ClassFigures(
    String name,
    long support,
    long predicted,
    @Nullable Double recall,
    @Nullable Double precision,
    double f1) {}
