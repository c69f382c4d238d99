"""An independent little model of the six Creative Commons licences, written from their clauses.

It reads no rule file and shares no code with the engine: where both agree on every cell, a slip in
one of them would have to be made twice. Verdicts are 0 deny, 1 review, 2 allow.
"""

from __future__ import annotations

DENY, REVIEW, ALLOW = 0, 1, 2
GATE = {"nc": ALLOW, "unclear": REVIEW, "commercial": DENY}


def version(v: str) -> tuple[int, int]:
    major, minor = v.split(".")
    return int(major), int(minor)


def gate(elements: set[str], nc: str) -> int:
    """NC limits every licensed act: 4.0 §2(a)(1); 1.0-3.0 §4 of the NC texts."""
    return GATE[nc] if "nc" in elements else ALLOW


def share_alike(v: str, port: str, out_v: str, out_port: str) -> int:
    """Which licences with the same elements an adaptation may carry (ShareAlike clause of each version)."""
    if (v, port) == (out_v, out_port):
        return ALLOW
    here, there = version(v), version(out_v)
    if v == "1.0":  # §4(b): "this License" alone
        return DENY
    if v == "4.0":  # §3(b)(1): this or a later version
        return DENY
    if there > here:  # §4(b) of 2.0-3.0: a later version
        return ALLOW
    if there == here:  # another country's licence with the same elements; a port is silent on the generic one
        return REVIEW if port and not out_port else ALLOW
    if v == "2.5" and out_port:  # §4(b) of 2.5 names iCommons licences without a floor
        return REVIEW
    return DENY


def adapted_outbound(elements: set[str], v: str, port: str, out: tuple[set[str], str, str] | None) -> int:
    """The licence on a shared adaptation: ShareAlike, the adapter's chart for the rest. CC0 is ({}, "", "")."""
    if out is None:
        return ALLOW
    out_elements, out_v, out_port = out
    if "sa" in elements:
        return share_alike(v, port, out_v, out_port) if out_elements == elements else DENY
    if "nc" in elements:
        return ALLOW if "nc" in out_elements else REVIEW
    return ALLOW if out_elements else REVIEW


def training(
    elements: set[str], v: str, nc: str, shared: bool, out: tuple[set[str], str, str] | None, port: str, reading: str
) -> int:
    """Copying for training under the gate; if training adapts, the rules of adaptation as well."""
    if reading == "unknown":
        answers = {training(elements, v, nc, shared, out, port, r) for r in ("no", "yes")}
        return answers.pop() if len(answers) == 1 else REVIEW
    result = gate(elements, nc)
    if reading == "no":
        return result
    if "nd" in elements and (shared or v != "4.0"):
        return DENY
    if shared:
        result = min(result, adapted_outbound(elements, v, port, out))
        if "sa" in elements:
            exact = out is not None and adapted_outbound(elements, v, port, out) == ALLOW
            result = min(result, ALLOW if exact else REVIEW)
    return result


def decide(
    elements: set[str],
    v: str,
    port: str,
    intent: str,
    nc: str,
    out: tuple[set[str], str, str] | None,
    sgdr: bool,
    reading: str,
) -> int:
    """The verdict for one licence and one use. ``out`` is the outbound licence: elements, version, port."""
    own = (elements, v, port)
    license_covers_right = v == "4.0"  # 4.0 §4; before, unported and Korean texts are silent
    silent = REVIEW if sgdr and not license_covers_right else ALLOW
    if intent == "facts-only":
        if not sgdr:
            return ALLOW  # 4.0 §2(a)(2), §8(a)
        label = DENY if out is not None and out != own else ALLOW
        return min(gate(elements, nc), silent, label)
    result = min(gate(elements, nc), silent)
    if intent in ("copy", "reformat"):
        return result
    if intent in ("train", "publish-model"):
        return min(silent, training(elements, v, nc, intent == "publish-model", out, port, reading))
    if intent == "adapt":
        return DENY if "nd" in elements and v != "4.0" else result  # 4.0 §2(a)(1)(B): produce, but not Share
    if intent in ("publish-copy", "publish-reformatted", "publish-excerpt"):
        return DENY if out is not None and out != own else result  # no sublicensing: 4.0 §2(a)(5); §4(a)
    if intent == "publish-collection":
        if "nc" in elements and out is not None and "nc" not in out[0]:
            return DENY  # collections table
        if sgdr and license_covers_right:  # 4.0 §4(b): the database is adapted material
            if "nd" in elements:
                return DENY
            if "sa" in elements and out is not None:
                return min(result, adapted_outbound(elements, v, port, out))
        return result
    assert intent == "publish-adaptation"
    if "nd" in elements:
        return DENY
    return min(result, adapted_outbound(elements, v, port, out))
