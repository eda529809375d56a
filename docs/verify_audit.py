#!/usr/bin/env python3
"""Verifies a Balsam audit bundle: an independent, second implementation of docs/audit.md.

Python 3.8 or later, standard library only, no network:
    python3 verify_audit.py BUNDLE.zip [--key VKEY] [--checkpoint OWN.txt] [--policy POLICY.json] [--json]
Exit codes: 0 verified, 1 something does not fit, 2 not a readable bundle or a wrong option.
"""
import argparse, base64, hashlib, json, re, struct, sys, zipfile
from datetime import datetime, timedelta

POLICY = {
    "format": "balsam-audit-policy/1",
    "rules": [{
        "effect": "round.released",
        "approvals": {
            "confirm": {"activity": "userTask_confirmInputs", "decisions": ["confirm"]},
            "review": {"activity": "userTask_reviewResults", "decisions": ["approve"]},
            "release": {"activity": "userTask_approveRelease", "decisions": ["approve"]}},
        "authors": [{"activity": "userTask_confirmInputs"}, {"activity": "userTask_decideOnFailedRun"},
                    {"activity": "userTask_correctOrWaive"}, {"activity": "userTask_explainWarnings"}],
        "distinct": [["review", "confirm"], ["review", "authors"], ["release", "review"]],
        "evidence": ["review", "release"]}, {
        "effect": "training.promoted",
        "approvals": {
            "review": {"activity": "userTask_reviewPromotion", "decisions": ["approve"]},
            "production": {"activity": "userTask_approveProduction", "decisions": ["approve"]}},
        "authors": [{"action": "training.requested"}, {"activity": "userTask_decideOnFailedTraining"},
                    {"activity": "userTask_decideOnRefusedCandidate"}],
        "distinct": [["review", "authors"], ["production", "authors"], ["production", "review"]],
        "evidence": ["review", "production"]}]}
NAME = re.compile(r"README\.txt|bundle\.json|vkey\.txt|events\.jsonl|leaves\.bin|proofs\.jsonl|consistency\.jsonl"
                  r"|reasons\.jsonl|checkpoints/[0-9]{20}\.txt"
                  r"|files/(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}/){0,5}[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")


class Malformed(Exception):
    pass


# --- Ed25519 (RFC 8032), verification only -----------------------------------------------------
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
I = pow(2, (P - 1) // 4, P)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, p):
    q = (0, 1, 1, 0)
    while n:
        if n & 1:
            q = add(q, p)
        p, n = add(p, p), n >> 1
    return q


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        raise ValueError("not a point")
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * I % P
    if (x * x - x2) % P or (x == 0 and sign):
        raise ValueError("not a point")
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point(bytes([0x58]) + bytes([0x66]) * 31)


def ed25519(key, message, signature):
    try:
        a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    except ValueError:
        return False
    if len(signature) != 64 or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    p, q = times(s, BASE), add(r, times(h, a))
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


# --- RFC 6962 ----------------------------------------------------------------------------------
def leaf(data):
    return hashlib.sha256(b"\0" + data).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


class Range:
    def __init__(self):
        self.peaks, self.size = [], 0

    def append(self, value):
        n = self.size
        while n & 1:
            value, n = node(self.peaks.pop(), value), n >> 1
        self.peaks.append(value)
        self.size += 1

    def root(self):
        value = None
        for peak in reversed(self.peaks):
            value = peak if value is None else node(peak, value)
        return value or hashlib.sha256().digest()


def included(value, index, size, root, path):
    if not 0 <= index < size:
        return False
    n, last = index, size - 1
    for step in path:
        if last == 0:
            return False
        if n & 1 or n == last:
            value = node(step, value)
            while n and not n & 1:
                n, last = n >> 1, last >> 1
        else:
            value = node(value, step)
        n, last = n >> 1, last >> 1
    return last == 0 and value == root


def consistent(size1, root1, size2, root2, path):
    if size1 == size2 or size1 == 0:
        return not path and (root1 == root2 if size1 else True)
    if not size1 < size2:
        return False
    if size1 & (size1 - 1) == 0:
        path = [root1] + path
    if not path:
        return False
    n, last = size1 - 1, size2 - 1
    while n & 1:
        n, last = n >> 1, last >> 1
    old = new = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if n & 1 or n == last:
            old, new = node(step, old), node(step, new)
            while n and not n & 1:
                n, last = n >> 1, last >> 1
        else:
            new = node(new, step)
        n, last = n >> 1, last >> 1
    return last == 0 and old == root1 and new == root2


# --- formats -----------------------------------------------------------------------------------
def b64(text):
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("not canonical base64")
    return data


def strict(data):
    def pairs(items):
        if len({k for k, _ in items}) != len(items):
            raise ValueError("duplicate key")
        return dict(items)

    def no(_):
        raise ValueError("not allowed")

    value = json.loads(data.decode("utf-8"), object_pairs_hook=pairs, parse_float=no, parse_constant=no)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def canonical(value):
    if isinstance(value, dict):
        keys = sorted(value, key=lambda k: k.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(canonical(k) + ":" + canonical(value[k]) for k in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, (str, bool)) or isinstance(value, int) and abs(value) < 2**53:
        return json.dumps(value, ensure_ascii=False)
    raise ValueError("not allowed")


def verifier_key(text):
    name, ident, key = text.strip().split("+", 2)
    key = b64(key)
    if len(key) != 33 or key[0] != 1 or hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8] != ident:
        raise ValueError("not an Ed25519 verifier key")
    return name, bytes.fromhex(ident), key[1:]


def checkpoint(note, key):
    """Opens a signed checkpoint: (size, root)."""
    name, ident, public = key
    split = note.rfind("\n\n")
    if split < 0 or not note.endswith("\n") or len(note) > 65536:
        raise ValueError("not a signed checkpoint")
    body, good = note[:split + 1], False
    for line in note[split + 2:-1].split("\n"):
        dash, signer, data = line.split(" ")
        data = b64(data)
        if dash != "\u2014" or len(data) < 5:
            raise ValueError("malformed signature line")
        if signer == name and data[:4] == ident:
            if not ed25519(public, body.encode(), data[4:]):
                raise ValueError("the signature is wrong")
            good = True
    lines = body.split("\n")
    if not good:
        raise ValueError("no signature by the key")
    if len(lines) < 4 or lines[0] != name or not re.fullmatch("0|[1-9][0-9]{0,17}", lines[1]):
        raise ValueError("not a checkpoint of this log")
    root = b64(lines[2])
    if len(root) != 32:
        raise ValueError("the root is not 32 bytes long")
    return int(lines[1]), root


class Verifier:
    def __init__(self, path, key, own, policy):
        self.findings, self.notes, self.events = [], [], 0
        self.decisions, self.effects, self.policy = {}, [], policy
        tasks = [t for r in policy["rules"] for t in list(r["approvals"].values()) + r.get("authors", [])]
        self.actions = {t.get("action", "task.completed") for t in tasks}
        self.reasons, self.erased, self.named = {}, set(), set()
        self.writers, self.newest_time = {}, datetime.min
        self.zip = zipfile.ZipFile(path)
        infos = self.zip.infolist()
        names = [info.filename for info in infos]
        if len(names) > 20000 or len(set(names)) != len(names):
            raise Malformed("too many entries, or one twice")
        for name in names:
            if not NAME.fullmatch(name) or ".." in name:
                raise Malformed("an entry does not belong into a bundle")
        self.names = set(names)
        if key is None:
            self.notes.append("the key was taken from the bundle itself; give --key to be sure who signed it")
        try:
            self.key = verifier_key(key or self.text("vkey.txt"))
        except ValueError as e:
            raise Malformed("key: %s" % e)
        self.files = {n: self.digest(n) for n in names if n.startswith("files/")}
        self.checkpoints, self.own = {}, None
        for name in sorted(n for n in names if n.startswith("checkpoints/")):
            try:
                size, root = checkpoint(self.text(name), self.key)
                if name != "checkpoints/%020d.txt" % size:
                    self.find("checkpoint", "%s is of another size" % name)
                self.checkpoints[size] = root
            except ValueError as e:
                self.find("checkpoint-signature", "%s: %s" % (name, e))
        self.size = max(self.checkpoints, default=0)
        if own is not None:
            self.add_own(own)

    def add_own(self, note):
        try:
            size, root = self.own = checkpoint(note, self.key)
        except ValueError as e:
            return self.find("own-checkpoint", str(e))
        self.own_only = size not in self.checkpoints
        if size > self.size:
            self.find("rolled-back", "your checkpoint has %d events, the bundle %d" % (size, self.size))
        elif self.checkpoints.setdefault(size, root) != root:
            self.find("split-view", "two signed trees of size %d" % size)

    def find(self, code, message, index=None, event=None):
        if len(self.findings) < 1000:
            self.findings.append({"code": code, "index": index, "event": event, "message": message})

    def text(self, name):
        if name not in self.names:
            raise Malformed("%s is missing" % name)
        with self.zip.open(name) as stream:
            data = stream.read(1 << 20 | 1)
        if len(data) > 1 << 20:
            raise Malformed("%s is too large" % name)
        return data.decode("utf-8")

    def digest(self, name):
        sha, total = hashlib.sha256(), 0
        with self.zip.open(name) as stream:
            for part in iter(lambda: stream.read(1 << 16), b""):
                total += len(part)
                if total > 1 << 30:
                    raise Malformed("%s is too large" % name)
                sha.update(part)
        return sha.hexdigest()

    def lines(self, name, most):
        if name not in self.names:
            raise Malformed("%s is missing" % name)
        with self.zip.open(name) as stream:
            for number in range(most + 1):
                line = stream.readline(1 << 19)
                if not line:
                    return
                if not line.endswith(b"\n") or number == most:
                    raise Malformed("%s has too long a line, too many lines or ends inside one" % name)
                yield line[:-1]

    def verify(self):
        about = strict(self.text("bundle.json").encode())
        if about.get("format") != "balsam-audit-bundle/1":
            raise Malformed("unknown format")
        whole = "project" not in about
        self.whole() if whole else self.of_project()
        self.attachments(about.get("reasons") is True, whole)
        if self.findings:
            self.notes.append("separation of duties was not checked, because the events are not proven")
            return
        if whole:
            self.check_writers()
        else:
            self.notes.append("a project's part: that nothing of it was left out is not proven")
        for effect, rule in self.effects:
            self.check_effect(effect, rule)

    def read(self, index, line):
        try:
            event = strict(line)
            if canonical(event).encode() != line:
                raise ValueError
        except (ValueError, RecursionError):
            self.find("not-canonical", "the line is not canonical JSON", index)
            return {}
        if "missing" in event:
            self.find("event-missing", "the event was deleted from the database", index, event["missing"])
        return event

    def whole(self):
        tree, broken, start = Range(), False, (0, None)
        sealed = self.zip.open("leaves.bin") if "leaves.bin" in self.names else None
        if sealed is None:
            raise Malformed("leaves.bin is missing")
        for line in self.lines("events.jsonl", self.size + 1000000):
            index = tree.size
            event, value = self.read(index, line), leaf(line)
            self.take(event, index)
            if index == 0 or index in self.checkpoints:
                start = (index, event.get("id"))
            if not broken and sealed.read(32) != value:
                broken = True
                self.find("event-changed", "not the event that was sealed here", index, event.get("id"))
            elif not broken and index >= self.size:
                broken = True
                self.find("event-unsigned", "behind the end of the signed tree", index, event.get("id"))
            tree.append(value)
            root = self.checkpoints.get(tree.size)
            if not broken and root is not None and tree.root() != root:
                broken = True
                if self.own is not None and tree.size == self.own[0] and self.own_only:
                    self.find("split-view", "your checkpoint of size %d is of another tree" % tree.size)
                    continue
                self.find("tree-changed", "the checkpoint of size %d does not fit" % tree.size, *start)
        if not broken and (tree.size < self.size or sealed.read(1)):
            self.find("events-missing", "the events end too early", tree.size)

    def of_project(self):
        newest, last = self.checkpoints.get(self.size), -1
        proofs = []
        try:
            for line in self.lines("proofs.jsonl", max(self.size, 1)):
                proof = strict(line)
                if not isinstance(proof["index"], int) or proof["index"] <= last or len(proof["proof"]) > 64:
                    raise Malformed("proofs.jsonl")
                last = proof["index"]
                proofs.append((last, [b64(step) for step in proof["proof"]]))
            steps = [strict(line) for line in self.lines("consistency.jsonl", 20000)]
        except (ValueError, KeyError, TypeError) as e:
            raise Malformed("a proof is malformed: %s" % e)
        for number, line in enumerate(self.lines("events.jsonl", self.size + 1)):
            index, path = proofs[number] if number < len(proofs) else (-1, [])
            event = self.read(index, line)
            self.take(event, index)
            if any(len(s) != 32 for s in path) or not included(leaf(line), index, self.size, newest, path):
                self.find("event-changed", "the proof does not show this event", index, event.get("id"))
        if self.events < len(proofs):
            self.find("events-missing", "more proofs than events", proofs[self.events][0])
        proven = {self.size}
        for step in steps:
            size, path = step.get("from"), [b64(s) for s in step.get("proof", [])]
            if size in self.checkpoints:
                if consistent(size, self.checkpoints[size], self.size, newest, path):
                    proven.add(size)
                else:
                    self.find("tree-changed", "the newest tree does not begin with that of size %s" % size)
        for size in set(self.checkpoints) - proven:
            self.find("checkpoint", "no proof that the tree of size %d became the newest" % size)

    def take(self, event, index):
        self.events += 1
        done = event.get("outcome") == "done"
        details = event.get("details") if isinstance(event.get("details"), dict) else {}
        entry = dict(event, index=index, details=details)
        if event.get("action") == "audit.row.foreign":
            self.find("row-foreign", "changed or inserted before it was sealed", index, event.get("subject"))
        if event.get("reason") is not None:
            self.reasons[event.get("id")] = entry
        if event.get("action") == "audit.payload.erased" and done:
            self.erased.add(event.get("subject"))
        if self.files:
            self.named.update(re.findall(r'"(?:sha256:)?([0-9a-f]{64})"', canonical(details)))
        if event.get("action") in self.actions and done:
            if event.get("id") in self.decisions:
                self.find("duplicate-id", "two decisions have the same id", index, event.get("id"))
            self.decisions[event.get("id")] = entry
        self.effects += [(entry, r) for r in self.policy["rules"] if done and event.get("action") == r["effect"]]
        self.take_number(event, index, done, details)

    def take_number(self, event, index, done, details):
        def writer(name):
            return self.writers.setdefault(name, {"seen": set(), "unused": [], "last": 0, "time": datetime.min})

        number, at = event.get("writerSeq"), datetime.min
        if not event or "missing" in event:
            return
        if not isinstance(number, int) or number < 1:
            return self.find("writer", "no writer or number", index, event.get("id"))
        try:
            at = datetime.strptime(event.get("occurredAt", ""), "%Y-%m-%dT%H:%M:%S.%fZ")
        except ValueError:
            pass
        mine = writer(event.get("writer"))
        if number in mine["seen"]:
            self.find("writer-duplicate", "number %d is there twice" % number, index, event.get("id"))
        mine["seen"].add(number)
        mine["time"], self.newest_time = max(mine["time"], at), max(self.newest_time, at)
        if done and event.get("actorKind") == "service" and event.get("subject"):
            if event.get("action") == "audit.numbers.unused":
                writer(event["subject"])["unused"] += [tuple(r) for r in details.get("numbers", []) if len(r) == 2]
            if event.get("action") == "audit.writer.closed":
                writer(event["subject"])["last"] = details.get("last", 0)

    def check_writers(self):
        for name, numbers in self.writers.items():
            here, expected = sorted(numbers["seen"]), 1
            for number in here + ([numbers["last"] + 1] if numbers["last"] > (here or [0])[-1] else []):
                while expected < number:
                    hit = [r for r in numbers["unused"] if r[0] <= expected <= r[1]]
                    if hit:
                        expected = hit[0][1] + 1
                        continue
                    text = "numbers %d to %d of writer %s are missing" % (expected, number - 1, name)
                    young = self.newest_time - numbers["time"] < timedelta(minutes=10)
                    if young and not numbers["last"]:
                        self.notes.append(text + " yet; export again later")
                    else:
                        self.find("writer-gap", text)
                    break
                expected = max(expected, number + 1)

    def attachments(self, included_reasons, whole):
        if included_reasons:
            for line in self.lines("reasons.jsonl", 5000000):
                try:
                    reason = strict(line)
                except ValueError as e:
                    raise Malformed("reasons.jsonl: %s" % e)
                ident, salt, text = (str(reason.get(name)) for name in ("id", "salt", "reason"))
                event = self.reasons.pop(ident, None)
                data = bytes.fromhex(salt) + text.encode() if re.fullmatch("[0-9a-f]{64}", salt) else b""
                if event is None or hashlib.sha256(data).hexdigest() != event["reason"]:
                    self.find("reason-changed", "not the reason that was given", event and event["index"], ident)
            for ident, event in self.reasons.items():
                if whole and ident not in self.erased:
                    self.find("reason-missing", "missing, but not recorded as erased", event["index"], ident)
        for name, sha in self.files.items():
            if sha not in self.named:
                self.find("file-unknown", "no event names the content of %s" % name)

    def check_effect(self, effect, rule):
        def matches(event, task):
            return (event.get("action") == task.get("action", "task.completed")
                    and task.get("activity") in (None, event.get("activity"))
                    and (task.get("decisions") is None or event["details"].get("decision") in task["decisions"]))

        def related(event):
            return (event.get("subject") is not None and event.get("subject") == effect.get("subject")
                    and event.get("project") == effect.get("project") and event["index"] < effect["index"])

        def wrong(code, message):
            self.find(code, "%s: %s" % (effect.get("subject"), message), effect["index"], effect.get("id"))

        ids = effect["details"].get("approvals")
        named = [self.decisions[i] for i in (ids if isinstance(ids, list) else []) if self.decisions.get(i)]
        people = {"authors": {e.get("actor") for e in self.decisions.values()
                              if related(e) and any(matches(e, t) for t in rule.get("authors", []))}}
        for name, task in rule["approvals"].items():
            fit = [e for e in named if matches(e, task) and related(e) and e.get("actorKind") == "user"]
            if not fit:
                wrong("approval-missing", "the approval '%s' is missing" % name)
                continue
            last = max(fit, key=lambda e: e["index"])
            people[name] = {last.get("actor")}
            evidence = last["details"].get("evidence")
            if evidence != effect["details"].get("evidence") and (evidence or name in rule.get("evidence", [])):
                wrong("evidence-differs", "'%s' was given to other evidence" % name)
        for one, other in rule.get("distinct", []):
            if people.get(one, set()) & people.get(other, set()):
                wrong("same-person", "'%s' and '%s' are by the same person" % (one, other))


def main():
    parser = argparse.ArgumentParser(description="Verify a Balsam audit bundle offline.")
    parser.add_argument("bundle")
    parser.add_argument("--key")
    parser.add_argument("--checkpoint")
    parser.add_argument("--policy")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    try:
        policy = strict(open(options.policy, "rb").read()) if options.policy else POLICY
        own = open(options.checkpoint, encoding="utf-8").read() if options.checkpoint else None
        verifier = Verifier(options.bundle, options.key, own, policy)
        verifier.verify()
    except (Malformed, OSError, ValueError, KeyError, zipfile.BadZipFile, struct.error, NotImplementedError) as e:
        print("NOT READABLE as an audit bundle: %r" % str(e), file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps({"verified": not verifier.findings, "events": verifier.events, "size": verifier.size,
                          "findings": verifier.findings, "notes": verifier.notes}, indent=1))
    else:
        print("VERIFIED: %d events, tree of %d, signed by %s" % (verifier.events, verifier.size, verifier.key[0])
              if not verifier.findings else "DOES NOT VERIFY: %d findings" % len(verifier.findings))
        for f in verifier.findings[:50]:
            print(ascii("  [%(code)s] index %(index)s event %(event)s: %(message)s" % f)[1:-1])
        for note in verifier.notes:
            print(ascii("  note: " + note)[1:-1])
    return 1 if verifier.findings else 0


if __name__ == "__main__":
    sys.exit(main())
