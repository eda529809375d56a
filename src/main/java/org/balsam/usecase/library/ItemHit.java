package org.balsam.usecase.library;

/**
 * An item in which words were found.
 *
 * @param excerpt plain text around the words
 */
public record ItemHit(ItemView item, String excerpt) {}
