#!/usr/bin/env python3
"""Drives the simulated MethodSCRIPT potentiostat with a published open client for real EmStat instruments: connection and package reader of
batesk52/CMU.49.013-EmStat-Pico-MUX16 (folder src, modules comms.serial_connection and comms.protocol).

Usage: methodscript_client.py CONFIG
CONFIG is what `celllab sim --bench tests/foreign/methodscript-bench.json --config-out CONFIG` wrote; run the bench at speed 20.
Needs python3-serial and the client's folder on PYTHONPATH.
Exit code 0: everything as expected; 1: not; 77: the client or a package is not there.
"""
import json
import sys
import time

try:
    import serial
    from src.comms.protocol import LoopMarker, PacketParser, ParsedPacket
    from src.comms.serial_connection import PicoConnection
except ImportError as missing:
    print(f"not run: {missing}")
    sys.exit(77)

OPEN_CIRCUIT = "var p|set_pgstat_mode 3|cell_off|meas_loop_ocp p 100m 2|pck_start|pck_add p|pck_end|endloop"
PULSE = (
    "var t|var p|var c|set_pgstat_mode 6|set_range db 100u|set_i 0|cell_on|timer_start|meas_loop_cp p c 25u 1 30|timer_get t|pck_start|pck_add t"
    "|pck_add p|pck_add c|pck_end|endloop|cell_off|on_finished:|cell_off")
SPECTRUM = (
    "var f|var r|var j|set_pgstat_mode 3|set_range ba 1m|set_e 3100m|cell_on|meas_loop_eis f r j 10m 100k 1 51i 3100m|pck_start|pck_add f"
    "|pck_add r|pck_add j|pck_end|endloop|on_finished:|cell_off")
SCANS = (
    "var p|var c|set_pgstat_mode 3|set_e 3100m|cell_on|meas_loop_cv p c 3100m 3200m 3000m 10m 100m nscans(2)|pck_start|pck_add p|pck_add c|pck_end"
    "|endloop|on_finished:|cell_off")


def check(what, holds, seen=""):
    print(f"{'ok  ' if holds else 'FAIL'} {what} {seen}".rstrip(), flush=True)
    if not holds:
        sys.exit(1)


def run(connection, script, seconds=60, stop_after=None):
    """Packages, loop markers and other lines up to the empty line that ends a script."""
    parser, packages, markers, others = PacketParser(), [], [], []
    connection.send_script(script.split("|"))
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        line = connection.read_response(timeout=20)
        if not line:
            return packages, markers, others
        said = parser.parse_line(line)
        if isinstance(said, ParsedPacket):
            packages.append(said.values)
            if len(packages) == stop_after:
                connection.abort()
        elif isinstance(said, LoopMarker):
            markers.append(said.value)
        else:
            others.append(line)
    check("the script ends in time", False, script)


def main(config):
    with open(config, encoding="utf-8") as file:
        port = json.load(file)["devices"][0]["connection"]["path"]
    if not hasattr(serial.Serial, "set_buffer_size"):
        serial.Serial.set_buffer_size = lambda *_, **__: None  # the client was written on Windows, where pyserial has it
    connection = PicoConnection(port)
    connection.connect()
    check("identity", connection.firmware_version.startswith("es4_hr1100#"), (connection.firmware_version, connection.serial_number))

    packages, markers, _ = run(connection, OPEN_CIRCUIT)
    check("open circuit: 20 packages", len(packages) == 20 and markers == ["M", "*"], packages[-1])
    check("open circuit: 3.10 V", all(abs(p["potential"] - 3.1) < 3e-4 for p in packages))

    packages, _, _ = run(connection, PULSE)
    check("pulse: 30 packages", len(packages) == 30, packages[-1])
    check("pulse: 25 uA", all(abs(p["current"] - 25e-6) < 1e-7 for p in packages))
    check("pulse: time and potential rise", all(a["time"] < b["time"] and a["potential"] < b["potential"] + 1e-4 for a, b in zip(packages, packages[1:])))

    packages, _, _ = run(connection, SPECTRUM)
    check("spectrum: 51 points, 100 kHz to 1 Hz", len(packages) == 51 and abs(packages[0]["set_frequency"] - 1e5) < 1 and abs(packages[-1]["set_frequency"] - 1) < 1e-5)
    check("spectrum: capacitive, resistance falls with frequency", all(p["zimag"] < 0 for p in packages) and packages[0]["zreal"] < packages[-1]["zreal"], packages[0])

    packages, markers, _ = run(connection, SCANS)
    check("two scans are told", markers == ["M", "C", "-", "C", "-", "*"], len(packages))

    packages, markers, others = run(connection, PULSE.replace("1 30", "1 3000"), stop_after=5)
    check("abort: Z, loop closed, end", "Z" in others and markers[-1] == "*" and len(packages) < 3000, len(packages))

    _, _, others = run(connection, "var p|nonsense 1")
    check("a wrong script is refused with line and column", others[-1] == "e!4001: Line 2, Col 1", others)
    connection.disconnect()
    print("all as expected")


if __name__ == "__main__":
    main(sys.argv[1])
