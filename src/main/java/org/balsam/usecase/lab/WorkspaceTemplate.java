package org.balsam.usecase.lab;

import java.util.Arrays;
import java.util.List;
import org.balsam.kernel.ErrorCode;
import org.balsam.kernel.Invalid;
import org.balsam.standard.gate.HardwareProfile;

/**
 * What a workspace can be made from: a Jupyter workspace of each size, without network unless asked
 * for.
 */
public record WorkspaceTemplate(
    String id, String name, String description, HardwareProfile hardware) {

  private static final List<WorkspaceTemplate> ALL =
      Arrays.stream(HardwareProfile.values()).map(WorkspaceTemplate::of).toList();

  /** All of them, the smallest first. */
  public static List<WorkspaceTemplate> all() {
    return ALL;
  }

  /**
   * The one with this id.
   *
   * @throws Invalid naming {@code templateId} when there is none
   */
  public static WorkspaceTemplate get(String id) {
    return ALL.stream()
        .filter(template -> template.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.INVALID_INPUT,
                    "/templateId",
                    "is one of " + ALL.stream().map(WorkspaceTemplate::id).toList()));
  }

  private static WorkspaceTemplate of(HardwareProfile hardware) {
    var size = hardware.value();
    var text =
        switch (hardware) {
          case SMALL -> "Jupyter on up to 2 cores and 8 GiB";
          case MEDIUM -> "Jupyter on up to 8 cores and 32 GiB";
          case LARGE -> "Jupyter on more than 8 cores or 32 GiB";
          case GPU -> "Jupyter with a GPU";
        };
    return new WorkspaceTemplate("jupyter-" + size, "Jupyter, " + size, text, hardware);
  }
}
