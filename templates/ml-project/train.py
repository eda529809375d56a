"""Logistic regression with scikit-learn, the counterpart of the steps train-classifier and score-classifier.

    python3 code/train.py          trains: in/<layer>_train/*.csv and, if there, in/<layer>_validation/*.csv
                                   -> out/model.json, out/metrics.csv
    python3 code/train.py score    scores: in/model/model.json, in/set/*.csv -> out/predictions.csv

Everything else comes from the environment of the step: BALSAM_TARGET, BALSAM_ROW, BALSAM_FEATURES, BALSAM_CLASSES,
BALSAM_SEED, BALSAM_PARAM_C (default 1.0) and BALSAM_PARAM_MIN_FREQUENCY (default 20). The model is written as plain
numbers, so that reading it runs no code.
"""

import csv
import json
import math
import os
import sys
from pathlib import Path

import numpy as np


def main(arguments):
    if arguments not in ([], ["score"]):
        sys.exit("train.py takes no argument, or the argument score; got " + " ".join(arguments))
    Path("out").mkdir(exist_ok=True)
    if arguments:
        score()
    else:
        train()


def train():
    rows = read(folder("train"))
    encoding = encode_plan(rows)
    classes = needed("BALSAM_CLASSES").split(",")
    truths = truth(rows, classes)
    missing = [name for position, name in enumerate(classes) if position not in truths]
    if missing:
        sys.exit("the training set has no row of class " + ", ".join(missing))
    coefficients, intercepts = fit(matrix(rows, encoding), truths, len(classes))
    model = {
        "classes": classes,
        "encoding": encoding,
        "coefficients": coefficients.tolist(),
        "intercepts": intercepts.tolist(),
    }
    Path("out/model.json").write_text(json.dumps(model, sort_keys=True) + "\n", encoding="utf-8")
    sets = {"train": rows}
    if folder("validation", required=False):
        sets["validation"] = read(folder("validation"))
    with open("out/metrics.csv", "w", encoding="utf-8", newline="\n") as series:
        series.write("step,name,value\n")
        for name, members in sets.items():
            chances = probabilities(model, members)
            truths = truth(members, classes)
            series.write(f"1,{name}-loss,{loss(chances, truths):.9g}\n")
            series.write(f"1,{name}-brier,{brier(chances, truths):.9g}\n")


def fit(inputs, truths, number_of_classes):
    """One row of coefficients for each class."""
    from sklearn.linear_model import LogisticRegression

    regression = LogisticRegression(
        C=float(os.environ.get("BALSAM_PARAM_C", "1.0")),
        max_iter=2000,
        random_state=int(needed("BALSAM_SEED")),
    ).fit(inputs, truths)
    coefficients, intercepts = regression.coef_, regression.intercept_
    if number_of_classes == 2:
        coefficients = np.vstack([np.zeros_like(coefficients), coefficients])
        intercepts = np.concatenate([[0.0], intercepts])
    return coefficients, intercepts


def score():
    model = json.loads(Path("in/model/model.json").read_text(encoding="utf-8"))
    classes = needed("BALSAM_CLASSES").split(",")
    if model["classes"] != classes:
        sys.exit(f"the model is for the classes {model['classes']}, not {classes}")
    rows = read(Path("in/set"))
    with open("out/predictions.csv", "w", encoding="utf-8", newline="\n") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["row", "truth"] + ["p_" + name for name in classes])
        for row, chances in zip(rows, probabilities(model, rows)):
            cells = [f"{chance:.9f}" for chance in chances]
            writer.writerow([row[needed("BALSAM_ROW")], row[needed("BALSAM_TARGET")]] + cells)


def encode_plan(rows):
    """What turns a row into numbers: known categories, means and deviations of the training set."""
    least = int(os.environ.get("BALSAM_PARAM_MIN_FREQUENCY", "20"))
    plan = []
    for name, kind in features():
        values = [row[name] for row in rows]
        if kind == "category":
            counts = {value: values.count(value) for value in sorted(set(values))}
            known = [value for value, count in counts.items() if count >= least]
            plan.append({"name": name, "kind": kind, "known": known})
        else:
            given = np.array([float(value) for value in values if value])
            mean = float(given.mean()) if given.size else 0.0
            deviation = float(given.std()) if given.size else 1.0
            plan.append({"name": name, "kind": kind, "mean": mean, "deviation": deviation or 1.0})
    return plan


def matrix(rows, plan):
    """One column for each known category and one for the others; two for a number: value, missing."""
    columns = []
    for feature in plan:
        values = [row[feature["name"]] for row in rows]
        if feature["kind"] == "category":
            position = {value: index for index, value in enumerate(feature["known"])}
            block = np.zeros((len(rows), len(position) + 1))
            for index, value in enumerate(values):
                block[index, position.get(value, len(position))] = 1.0
        else:
            scaled = [
                (float(value) - feature["mean"]) / feature["deviation"] if value else 0.0
                for value in values
            ]
            block = np.column_stack([scaled, [0.0 if value else 1.0 for value in values]])
        columns.append(block)
    return np.hstack(columns)


def probabilities(model, rows):
    scores = matrix(rows, model["encoding"]) @ np.array(model["coefficients"]).T
    scores = scores + np.array(model["intercepts"])
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def loss(chances, truths):
    return float(-np.log(np.maximum(chances[np.arange(len(truths)), truths], 1e-15)).mean())


def brier(chances, truths):
    """Of the second class when there are two, summed over all classes when there are more."""
    right = np.eye(chances.shape[1])[truths]
    squares = (chances - right) ** 2
    return float(squares[:, 1].mean() if chances.shape[1] == 2 else squares.sum(axis=1).mean())


def truth(rows, classes):
    target = needed("BALSAM_TARGET")
    for row in rows:
        if row[target] not in classes:
            sys.exit(f"the column {target} holds '{row[target]}'; allowed: {', '.join(classes)}")
    return np.array([classes.index(row[target]) for row in rows])


def features():
    return [tuple(part.rsplit(":", 1)) for part in needed("BALSAM_FEATURES").split(",")]


def folder(name, required=True):
    found = sorted(path for path in Path("in").iterdir() if path.name.split("_")[-1] == name)
    if not found and required:
        sys.exit(f"in/ has no folder {name} or <layer>_{name}; declare the set as an input of the step")
    return found[0] if found else None


def read(path):
    rows = []
    for file in sorted(path.glob("*.csv")):
        with open(file, encoding="utf-8", newline="") as text:
            rows.extend(csv.DictReader(text))
    if not rows:
        sys.exit(f"{path} holds no rows")
    absent = [name for name, _ in features() if name not in rows[0]]
    if absent:
        sys.exit(f"{path} lacks the columns {', '.join(absent)}; there are: {', '.join(rows[0])}")
    for row in rows:
        for name, kind in features():
            if kind == "number" and row[name] and not finite(row[name]):
                sys.exit(f"{path}: the column {name} holds '{row[name]}', which is no number")
    return rows


def finite(text):
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def needed(name):
    value = os.environ.get(name, "")
    if not value:
        sys.exit(f"the variable {name} is missing; run this file as a step of balsam.yaml")
    return value


if __name__ == "__main__":
    main(sys.argv[1:])
