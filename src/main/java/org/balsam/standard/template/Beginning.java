package org.balsam.standard.template;

import java.util.Map;
import org.balsam.kernel.Actor;

/**
 * Files that a project begins with besides those of its template.
 *
 * @param location where they are from, as people write it
 * @param commit the version of that
 * @param message of the commit that brings them into the project
 * @param files by path in the project
 */
public record Beginning(String location, String commit, String message, Map<String, byte[]> files) {

  /** Where beginnings are from. */
  public interface Source {

    /**
     * The files as they are now.
     *
     * @param location the address of a knowledge library's repository, {@code #} and the path of a
     *     folder in its Templates: {@code https://git.nsi.example/methods.git#Templates/survey}
     * @throws org.balsam.kernel.Invalid when the actor sees no such library or it has no such
     *     template, with those that there are
     * @throws org.balsam.kernel.Rejection LIMIT_EXCEEDED for more than 1,000 files
     */
    Beginning find(String location, Actor actor);
  }
}
