"""Run by ScanCode's own Python: reads cases as JSON lines, answers with what ``scancode --license`` finds and how long it took."""

import json
import sys
import tempfile
import time
from pathlib import Path

from licensedcode.cache import get_index
from scancode.api import get_licenses

get_index()
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "LICENSE"
    for line in sys.stdin:
        path.write_text(json.loads(line), encoding="utf-8")
        began = time.perf_counter()
        found = get_licenses(str(path))
        took = time.perf_counter() - began
        sys.stdout.write(json.dumps([found["detected_license_expression_spdx"], took]) + "\n")
        sys.stdout.flush()
