package org.balsam.standard.promotion;

import java.util.Locale;

/**
 * The fields of a model card: those of Mitchell et al., Model Cards for Model Reporting (FAT*
 * 2019), and what official statistics need beside them. Order is the order of the card.
 */
public enum CardField {
  TITLE(Section.DETAILS, "What the model decides", true),
  VERSION(Section.DETAILS, "Version", true),
  DATE(Section.DETAILS, "Date of the training", true),
  DEVELOPERS(Section.DETAILS, "Who developed it", false),
  TYPE(Section.DETAILS, "Type of model", false),
  LICENCE(Section.DETAILS, "Licence", false),
  CONTACT(Section.DETAILS, "Contact", false),
  USES(Section.INTENDED_USE, "Uses", false),
  USERS(Section.INTENDED_USE, "Users", false),
  OUT_OF_SCOPE(Section.INTENDED_USE, "Out of scope", false),
  RELEVANT_FACTORS(Section.FACTORS, "Relevant factors", false),
  EVALUATED_GROUPS(Section.FACTORS, "Groups that were compared", true),
  MEASURES(Section.METRICS, "Measures", true),
  DECISION_THRESHOLDS(Section.METRICS, "Thresholds", true),
  UNCERTAINTY(Section.METRICS, "Uncertainty", true),
  EVALUATION_SETS(Section.EVALUATION_DATA, "Sets", true),
  EVALUATION_MOTIVATION(Section.EVALUATION_DATA, "Why these", false),
  TRAINING_SETS(Section.TRAINING_DATA, "Sets", true),
  TRAINING_DESCRIPTION(Section.TRAINING_DATA, "Description and preparation", false),
  UNITARY_RESULTS(Section.QUANTITATIVE_ANALYSES, "Unitary results", true),
  INTERSECTIONAL_RESULTS(Section.QUANTITATIVE_ANALYSES, "Intersectional results", true),
  ETHICAL_CONSIDERATIONS(Section.CONSIDERATIONS, "Ethical considerations", false),
  CAVEATS(Section.CONSIDERATIONS, "Caveats and recommendations", false),
  GSBPM(Section.OFFICIAL_STATISTICS, "GSBPM sub-process", false),
  CLASSIFICATION(Section.OFFICIAL_STATISTICS, "Target classification and its version", false),
  AUTO_CODE_CUT(Section.OFFICIAL_STATISTICS, "Cut for automatic coding", false),
  CHAMPION(Section.OFFICIAL_STATISTICS, "Champion compared with", true),
  DPIA(Section.OFFICIAL_STATISTICS, "Data protection impact assessment", false),
  RETENTION(Section.OFFICIAL_STATISTICS, "Retention", false);

  /** A chapter of the card. */
  public enum Section {
    DETAILS("Model details"),
    INTENDED_USE("Intended use"),
    FACTORS("Factors"),
    METRICS("Metrics"),
    EVALUATION_DATA("Evaluation data"),
    TRAINING_DATA("Training data"),
    QUANTITATIVE_ANALYSES("Quantitative analyses"),
    CONSIDERATIONS("Considerations"),
    OFFICIAL_STATISTICS("Official statistics");

    private final String title;

    Section(String title) {
      this.title = title;
    }

    /** The key in the file and in JSON: {@code intended-use}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The title for people. */
    public String title() {
      return title;
    }
  }

  private final Section section;
  private final String title;
  private final boolean generated;

  CardField(Section section, String title, boolean generated) {
    this.section = section;
    this.title = title;
    this.generated = generated;
  }

  /** The chapter. */
  public Section section() {
    return section;
  }

  /** The key within the chapter: {@code out-of-scope}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The title for people. */
  public String title() {
    return title;
  }

  /** Whether Balsam fills the field from what it measured; people write the others. */
  public boolean generated() {
    return generated;
  }

  /** Section and key: {@code intended-use.uses}. */
  public String path() {
    return section.key() + "." + key();
  }
}
