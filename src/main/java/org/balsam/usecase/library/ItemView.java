package org.balsam.usecase.library;

/**
 * A file or folder of a library.
 *
 * @param id of its path; the same at every commit
 * @param commit what it is from
 * @param path from the top of the library
 * @param name the last part of the path
 * @param isFolder whether it is a folder
 * @param title what it calls itself, or its name
 * @param size in bytes; of a folder, of all files below it
 */
public record ItemView(
    String library,
    String id,
    String commit,
    String path,
    String name,
    ItemKind kind,
    boolean isFolder,
    String title,
    ItemLanguage language,
    long size) {}
