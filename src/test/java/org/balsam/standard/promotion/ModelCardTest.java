package org.balsam.standard.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.balsam.kernel.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCardTest {

  private static final String WRITTEN =
      """
      details:
        developers: Methodology unit
        type: Logistic regression
        licence: Apache-2.0
        contact: ml@institute.example
      intended-use:
        uses: [Flag likely damage, Order clerical review]
        users: Subject statisticians
        out-of-scope: Decisions on single flights
      factors:
        relevant-factors: Phase of flight
      evaluation-data:
        evaluation-motivation: The year after the training years
      training-data:
        training-description: Reports of 1990 to 1997, codes outside the list dropped
      considerations:
        ethical-considerations: No personal data
        caveats: Speed is missing more often every year
      official-statistics:
        gsbpm: "5.2"
        classification: Damage yes/no, v1
        auto-code-cut: None
        retention: 10 years
      """;

  @Test
  void aCardIsCompleteWhenPeopleAndBalsamHaveFilledIt() {
    var written = card(WRITTEN);
    assertThat(written.missing(false))
        .isEqualTo(
            Arrays.stream(CardField.values())
                .filter(CardField::generated)
                .map(CardField::path)
                .toList());
    var card = written.with(facts(new EvidenceDraft()));
    assertThat(card.missing(false)).isEmpty();
    assertThat(card.missing(true)).containsExactly("official-statistics.dpia");
    assertThat(card.text(CardField.USES))
        .containsExactly("Flag likely damage", "Order clerical review");
  }

  @Test
  void whatWasNotMeasuredIsMissing() {
    var draft = new EvidenceDraft();
    draft.test = null;
    draft.latest = null;
    draft.pins = new Pins(null, null, null, null, null, null, null, null, null);
    assertThat(card(WRITTEN).with(facts(draft)).missing(false))
        .containsExactly(
            "metrics.uncertainty",
            "evaluation-data.evaluation-sets",
            "training-data.training-sets",
            "quantitative-analyses.unitary-results");
  }

  @Test
  void aFirstModelWithoutGroupsSaysSo() {
    var draft = new EvidenceDraft().first();
    draft.groups = List.of();
    var card = card(WRITTEN).with(facts(draft));
    assertThat(card.missing(false)).isEmpty();
    assertThat(card.text(CardField.CHAMPION)).containsExactly("None: this is the first model.");
  }

  @Test
  void measuredFiguresAreOnTheCard() {
    var card = card(WRITTEN).with(facts(new EvidenceDraft()));
    assertThat(card.text(CardField.UNITARY_RESULTS).get(0))
        .isEqualTo(
            "Test set: 600 cases, accuracy 0.812, macro-F1 0.712, AUC 0.819, Brier score 0.132,"
                + " expected calibration error 0.040");
    assertThat(card.text(CardField.UNCERTAINTY).get(0))
        .contains("is 0.041, its one-sided 95 % lower bound 0.003");
    assertThat(card.text(CardField.TRAINING_SETS).get(0)).contains("@1998-r0.1 (sha256 ");
  }

  @Test
  void emptyTextsCountAsMissing() {
    assertThat(card("details: {developers: ' ', type: [], licence: null}\n").missing(false))
        .contains("details.developers", "details.type", "details.licence");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "detail: {type: x}           | unknown section 'detail'; allowed: details, intended-use",
        "details: {typ: x}           | the field 'typ' is unknown; allowed in 'details': developers",
        "details: {version: 3}       | the field 'version' is filled by Balsam, leave it out",
        "details: {type: {a: b}}     | 'type' is not a text of at most 4000 characters",
        "details: x                  | the section 'details' has no fields",
        "[details]                   | is not a mapping",
        "details: {type: &a x}       | anchors and aliases",
        "details: {type: !java x}    | tags (!) are not allowed",
        "details: {type: x, type: y} | twice",
        "details: {type: x}}         | is not YAML",
      })
  void refusesByLine(String yaml, String message) {
    assertThatThrownBy(() -> card(yaml + "\n"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("model-card.yaml:1: ")
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatIsTooMuchAndNamesEveryFault() {
    var text = "details:\n  type: " + "x".repeat(4_001) + "\n  users: x\n";
    assertThatThrownBy(() -> card(text))
        .hasMessageContaining("model-card.yaml:2: 'type' is not a text")
        .hasMessageContaining("model-card.yaml:3: the field 'users' is unknown");
    var many = "details:\n  type: [" + "x, ".repeat(50) + "x]\n";
    assertThatThrownBy(() -> card(many)).hasMessageContaining("has more than 50 texts");
    assertThatThrownBy(() -> ModelCard.read(new byte[300_000], "model-card.yaml"))
        .hasMessageContaining("larger than 262144 bytes");
  }

  @Test
  void equalCardsAreEqualBytes() throws Exception {
    var card = card(WRITTEN).with(facts(new EvidenceDraft()));
    var again = card(WRITTEN).with(facts(new EvidenceDraft()));
    assertThat(card).isEqualTo(again).hasSameHashCodeAs(again);
    assertThat(card.json()).isEqualTo(again.json());
    var tree = new ObjectMapper().readTree(card.json());
    assertThat(tree.at("/intended-use/uses/1").asText()).isEqualTo("Order clerical review");
    assertThat(tree.at("/official-statistics/dpia")).isEmpty();
  }

  @Test
  void theMarkdownShowsTextAndNeverMarkup() {
    var hostile =
        card("details:\n  type: \"<script>x</script> [a](http://b) *c*\\n# d\\u202e | e\"\n");
    assertThat(hostile.markdown())
        .contains("\\<script\\>x\\</script\\> \\[a\\]\\(http\\://b\\) \\*c\\* \\# d  \\| e")
        .contains("**Licence**\n\n*not filled*");
    assertThat(card(WRITTEN).markdown())
        .startsWith("# Model card\n\n## Model details\n")
        .contains("**Uses**\n\n- Flag likely damage\n- Order clerical review\n");
  }

  private static CardFacts facts(EvidenceDraft draft) {
    return new CardFacts(
        "Does a bird strike damage the aircraft?",
        "strikes/damage@3",
        LocalDate.of(1999, 1, 15),
        draft.champion,
        draft.pins,
        draft.thresholds,
        draft.test,
        draft.latest,
        draft.groups,
        draft.fairness);
  }

  private static ModelCard card(String yaml) {
    return ModelCard.read(yaml.getBytes(StandardCharsets.UTF_8), "model-card.yaml");
  }
}
