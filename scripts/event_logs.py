"""Reads the event logs in a folder, OCEL 2.0 and XES, and compares what PM4Py finds in them with what they should hold."""

import json
import sys
import warnings
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

warnings.simplefilter("ignore")
# It greets, and counts along.
with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
    import pm4py

folder = Path(sys.argv[1])
held = json.loads((folder / "held.json").read_text())
with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
    ocel = pm4py.read_ocel2_json(str(folder / "log.json"))
    flat = pm4py.ocel_flattening(ocel, "ticket")
    xes = pm4py.read_xes(str(folder / "log.xes"))
    followed, *_ = pm4py.discover_dfg(xes)

found = {}
for name, log in {"OCEL": flat, "XES": xes}.items():
    found[name] = {
        "tickets": int(log["case:concept:name"].nunique()),
        "steps": len(log),
        "agent.replied": int((log["concept:name"] == "agent.replied").sum()),
    }
for name, holds in found.items():
    if holds != held:
        sys.exit(f"event-logs: PM4Py finds {holds} in the log as {name}, and it holds {held}")
if set(pm4py.ocel_get_object_types(ocel)) != {"ticket", "agent", "organization"}:
    sys.exit(f"event-logs: the objects are {pm4py.ocel_get_object_types(ocel)}")
if followed.get(("agent.replied", "requester.replied")) != 1:
    sys.exit(f"event-logs: what followed what is not found: {followed}")
print(f"event-logs: PM4Py reads both: {held}")
