"""Triggers the simulated diffractometers by RTS and DTR through pyserial's rfc2217:// client.

usage: comport_client.py CONFIGURATION     (written by `celllab sim --config-out`)
Exits with 77 when pyserial cannot be imported.
"""
import json
import os
import sys
import time

try:
    import serial
    import serial.rfc2217
except ImportError as missing:
    print(missing)
    sys.exit(77)

failures = 0


def check(what, holds, seen):
    global failures
    failures += not holds
    print(f"{'ok  ' if holds else 'FAIL'} {what}: {seen}")


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def run(device, line):
    connection, folder = device["connection"], device["settings"]["pattern_folder"]
    check("kind", connection["kind"] == "rfc2217", connection)
    url = f"rfc2217://{connection['host']}:{connection['port']}?poll_modem"
    port = serial.serial_for_url(url, do_not_open=True, baudrate=19200, bytesize=8, parity="E", stopbits=2)
    port.rts = port.dtr = False
    port.open()
    check("set-up", port.is_open and port.baudrate == 19200, "19200 8E2, RTS and DTR off")
    check("DSR tells that it is on", until(lambda: port.dsr), port.dsr)
    check("not busy", not port.cts and not port.cd and not port.ri, "CTS, DCD, RI off")
    setattr(port, "dtr" if line == "rts" else "rts", True)
    time.sleep(0.3)
    check("the other line starts nothing", not port.cts, "CTS off")
    setattr(port, line, True)
    check("busy", until(lambda: port.cts), "CTS on")
    setattr(port, line, False)
    check("ready again", until(lambda: not port.cts), "CTS off")
    check("one pattern", until(lambda: len(patterns(folder)) == 1), patterns(folder))
    try:
        second = serial.serial_for_url(url + "&timeout=2", timeout=1)
        check("a second client", False, second)
    except OSError as refused:  # SerialException is one
        check("a second client is turned away", True, refused)
    port.write(b"\x00\xff\xff\x11")
    port.rts = True
    check("data with 255 does not disturb", port.is_open, "RTS confirmed")
    port.close()


def patterns(folder):
    return [name for name in os.listdir(folder) if not name.endswith(".new")] if os.path.isdir(folder) else []


devices = {d["id"]: d for d in json.load(open(sys.argv[1], encoding="utf-8"))["devices"]}
for name, line in (("xrd1", "rts"), ("xrd2", "dtr")):
    print(f"-- {name}: {line.upper()} through pyserial {serial.__version__}")
    run(devices[name], line)
sys.exit(1 if failures else 0)
