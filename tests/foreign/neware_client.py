#!/usr/bin/env python3
"""Drives the simulated NEWARE system with the published open client aurora_neware (API module).

Usage: neware_client.py CONFIG
CONFIG is what `celllab sim --bench tests/foreign/neware-bench.json --config-out CONFIG` wrote; the bench must run, best at speed 1000.
aurora_neware and defusedxml must be importable (PYTHONPATH). Exit code 0: everything as expected; 1: not; 77: the client is not there.
"""
import json
import sys
import time
from pathlib import Path

try:
    from aurora_neware import NewareAPI
except ImportError as error:
    print(f"skipped: {error}; put aurora_neware (0.2.3) and defusedxml on PYTHONPATH")
    sys.exit(77)

STEPS = """<?xml version="1.0" encoding="UTF-8"?>
<root><config type="Step File" version="17" client_version="BTS Client 8.0.0.478(2024.06.24)(R3)" date="20260101120000" Guid="1">
<Head_Info><Operate Value="66"/><Scale Value="1"/><Start_Step Value="1" Hide_Ctrl_Step="0"/></Head_Info>
<Whole_Prt><Protect><Main><Volt><Upper Value="49000"/><Lower Value="18000"/></Volt><Delay_Time Value="5000"/></Main></Protect>
<Record><Main><Time Value="10000"/></Main></Record></Whole_Prt>
<Step_Info Num="5">
<Step1 Step_ID="1" Step_Type="4"><Limit><Main><Time Value="60000"/></Main></Limit></Step1>
<Step2 Step_ID="2" Step_Type="1"><Limit><Main><Curr Value="0.5"/><Rate Value="1"/><Time Value="600000"/><Stop_Volt Value="48000"/></Main></Limit></Step2>
<Step3 Step_ID="3" Step_Type="2"><Limit><Main><Curr Value="0.5"/><Rate Value="1"/><Time Value="600000"/><Stop_Volt Value="20000"/></Main></Limit></Step3>
<Step4 Step_ID="4" Step_Type="5"><Limit><Other><Start_Step Value="2"/><Cycle_Count Value="400"/></Other></Limit></Step4>
<Step5 Step_ID="5" Step_Type="6"/>
</Step_Info></config></root>
"""


def check(what, holds, seen=""):
    print(f"{'ok  ' if holds else 'FAIL'} {what} {seen}".rstrip())
    if not holds:
        sys.exit(1)


def drive(api, steps):
    channels = list(api.channel_map)
    check("channel map", len(channels) == 24 and "21-1-4" in channels, f"{len(channels)} channels, {channels[0]} to {channels[-1]}")
    check("all idle", {v["workstatus"] for v in api.inquire().values()} == {"finish"})
    check("status by position", {v["status"] for v in api.getchlstatus().values()} == {"finish"})

    pipeline = "21-1-4"
    began = api.start(pipeline, "cell_04", str(steps))
    check("start", began[0]["start"] == "ok", began)
    check("working", api.getchlstatus(pipeline)[pipeline]["status"] == "working")
    try:
        api.start(pipeline, "cell_05", str(steps))
        check("second start refused", False)
    except ValueError as error:
        check("second start refused", "working" in str(error), str(error)[-30:])

    counts = []
    until = time.monotonic() + 30
    while len(counts) < 8 and time.monotonic() < until:
        data = api.download(pipeline, last_n_points=0)
        numbers = data.get("seqid", [])
        check("contiguous", numbers == list(range(1, len(numbers) + 1)), f"{len(numbers)} records") if numbers else None
        if not counts or len(numbers) > counts[-1]:
            counts.append(len(numbers))
        time.sleep(0.3)
    check("download grows", len(counts) == 8, counts)
    check("currents are numbers in A", all(isinstance(c, (int, float)) and abs(c) < 6e-4 for c in data["curr"]), data["curr"][-1])
    check("inquire", api.inquire(pipeline)[pipeline]["barcode"] == "cell_04", api.inquire(pipeline)[pipeline])

    layer = api.get_steps(pipeline)
    check("steps", [s["stepindex"] for s in layer] == list(range(1, len(layer) + 1)) and len(layer) >= 2, f"{len(layer)} executed steps")
    check("light", api.light(pipeline)[0]["light"] == "ok")
    check("clearflag", api.clearflag(pipeline)[0]["clearflag"] == "ok")
    test = api.get_testid(pipeline)[pipeline]["test_id"]
    check("test id", test > 0, test)

    check("stop", api.stop(pipeline)[0]["stop"] == "ok")
    check("stopped", api.getchlstatus(pipeline)[pipeline]["status"] == "stop")
    count = api.inquiredf(pipeline)[pipeline]["count"]
    check("complete", len(api.download(pipeline, last_n_points=0)["seqid"]) == count, f"{count} records")
    log = api.downloadlog(pipeline)
    check("log", log[0]["log_code"] == 100000 and len(log) >= 2, log)
    check("start after stop", api.start(pipeline, "cell_06", str(steps))[0]["start"] == "ok")
    check("new test id", api.get_testid(pipeline)[pipeline]["test_id"] == test + 1)
    check("stop again", api.stop(pipeline)[0]["stop"] == "ok")


def main():
    device = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["devices"][0]
    steps = Path(device["settings"]["step_file_folder"]) / "foreign.xml"
    steps.write_text(STEPS, encoding="utf-8")
    with NewareAPI(device["connection"]["host"], device["connection"]["port"]) as api:
        drive(api, steps)
    print("all as expected")


if __name__ == "__main__":
    main()
