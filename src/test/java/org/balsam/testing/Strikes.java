package org.balsam.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.balsam.kernel.ProjectId;
import org.balsam.platform.forge.Forge;

/** A small project with the model {@code damage}, and made up strikes to train it on. */
public final class Strikes {

  private static final Forge.Author AUTHOR = new Forge.Author("Owner", "owner@example.org");
  private static final List<String> FILES =
      List.of("balsam.yaml", "model-card.yaml", "steps/prepare.sql");

  private Strikes() {}

  /** Makes the model what the project's newest method version declares. */
  public static void declare(Forge forge, ProjectId project) {
    var files = FILES.stream().collect(Collectors.toMap(name -> name, Strikes::file));
    var change = new Forge.Change(files, "Declare a model", AUTHOR, true);
    var commit = forge.commit(project, "main", change);
    forge.ensureTag(project, "mth/v2.0.0", commit, "A model", AUTHOR);
  }

  private static byte[] file(String name) {
    try (var content = Strikes.class.getResourceAsStream("/projects/strikes/" + name)) {
      return content.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Fast strikes of most operators damage, with exceptions; every year alike. */
  public static String of(int year) {
    return IntStream.range(0, 400)
        .mapToObj(
            i -> {
              var operator = List.of("UAL", "DAL", "MIL", "SWA").get(i % 4);
              var speed = 80 + i * 37 % 150;
              var damaged = (speed > 170 && i % 4 != 1) != (i % 19 == 0);
              return "%d-%03d,%s,%s,%s,%s,%d"
                  .formatted(
                      year,
                      i,
                      LocalDate.of(year, 1, 1).plusDays(i * 364L / 399),
                      operator,
                      i % 13 == 0 ? "" : String.valueOf(speed),
                      i / 4 % 2 == 0 ? "climb" : "descent",
                      damaged ? 1 : 0);
            })
        .collect(Collectors.joining("\n", "id,date,operator,speed,phase,damage\n", "\n"));
  }
}
