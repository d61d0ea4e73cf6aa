"""Drives the simulated Modbus instruments with pymodbus, over TCP and RTU.

usage: modbus_client.py CONFIGURATION     (written by `celllab sim --config-out`)
Exits with 77 when pymodbus cannot be imported.
"""
import json
import struct
import sys

try:
    from pymodbus.client import ModbusSerialClient, ModbusTcpClient
except ImportError as missing:
    print(missing)
    sys.exit(77)

failures = 0


def check(what, holds, seen):
    global failures
    failures += not holds
    print(f"{'ok  ' if holds else 'FAIL'} {what}: {seen}")


def client_of(connection):
    if connection["kind"] == "tcp":
        client = ModbusTcpClient(connection["host"], port=connection["port"], timeout=5)
    else:
        client = ModbusSerialClient(connection["path"], baudrate=connection["baud"], timeout=5)
    check("connect", client.connect(), connection.get("path") or connection.get("port"))
    return client, connection["unit"]


def registers_of(floats):
    raw = struct.pack(">" + "f" * len(floats), *floats)
    return list(struct.unpack(">" + "H" * (len(raw) // 2), raw))


def floats_of(registers):
    raw = struct.pack(">" + "H" * len(registers), *registers)
    return struct.unpack(">" + "f" * (len(registers) // 2), raw)


def psb(connection):
    client, unit = client_of(connection)
    text = b"".join(struct.pack(">H", r) for r in client.read_holding_registers(1, 20, slave=unit).registers)
    check("device type", text.startswith(b"PSB"), text.rstrip(b"\0"))
    check("nominal values", floats_of(client.read_holding_registers(121, 6, slave=unit).registers) == (60.0, 60.0, 1200.0), "60 V 60 A 1200 W")
    refused = client.write_register(501, 437, slave=unit)
    check("set value without remote control", refused.isError(), refused)
    check("remote on", not client.write_coil(402, True, slave=unit).isError(), client.read_coils(402, 1, slave=unit).bits[0])
    for address, value in ((498, 52428), (499, 0), (500, 4194), (501, 437), (502, 52428)):
        check(f"write {address}", client.write_register(address, value, slave=unit).value == value, value)
    client.write_coil(405, True, slave=unit)
    block = client.read_holding_registers(505, 5, slave=unit).registers
    volts, amperes = block[2] / 52428 * 60, block[3] / 52428 * 60
    check("on, charging 0.5 A", bool(block[1] & 0x80) and 2 < volts < 4.8 and abs(amperes - 0.5) < 0.02, f"{volts:.3f} V {amperes:.3f} A")
    client.write_coil(405, False, slave=unit)
    check("off", not client.read_holding_registers(506, 1, slave=unit).registers[0] & 0x80, "state bit 7 clear")
    check("unknown address", client.read_holding_registers(7000, 1, slave=unit).isError(), client.read_holding_registers(7000, 1, slave=unit))
    check("unknown function", client.read_input_registers(0, 1, slave=unit).isError(), client.read_input_registers(0, 1, slave=unit))
    client.close()


def supply(connection):
    client, unit = client_of(connection)
    check("model", client.read_holding_registers(0, 1, slave=unit).registers == [60065], 60065)
    check("protections by function 16", not client.write_registers(82, [4900, 10000], slave=unit).isError(), "4.9 V, 1 A")
    client.write_register(8, 4800, slave=unit)
    client.write_register(9, 2500, slave=unit)
    client.write_register(18, 1, slave=unit)
    block = client.read_holding_registers(8, 11, slave=unit).registers
    check("on, charging 0.25 A", block[10] == 1 and abs(block[3] - 2500) < 20, f"{block[2] / 1000} V {block[3] / 10000} A")
    client.write_register(18, 0, slave=unit)
    check("off", client.read_holding_registers(18, 1, slave=unit).registers == [0], 0)
    client.close()


def load(connection):
    client, unit = client_of(connection)
    client.write_coil(0x0500, True, slave=unit)
    check("function 6 is unknown", client.write_register(0x0A00, 1, slave=unit).isError(), client.write_register(0x0A00, 1, slave=unit))
    client.write_registers(0x0A01, registers_of([0.25]), slave=unit)
    for command in (1, 42, 1):
        check(f"command {command}", not client.write_registers(0x0A00, [command], slave=unit).isError(), command)
    volts, amperes = floats_of(client.read_holding_registers(0x0B00, 4, slave=unit).registers)
    check("on, discharging 0.25 A", client.read_coils(0x0510, 1, slave=unit).bits[0] and abs(amperes - 0.25) < 0.02, f"{volts:.4f} V {amperes:.4f} A")
    client.write_registers(0x0A00, [43], slave=unit)
    check("off", not client.read_coils(0x0510, 1, slave=unit).bits[0], "input off")
    client.close()


devices = {d["id"]: d for d in json.load(open(sys.argv[1], encoding="utf-8"))["devices"]}
for name, run, connection in (
    ("EA PSB over TCP", psb, devices["psb-tcp"]["connection"]),
    ("EA PSB over RTU", psb, devices["psb-rtu"]["connection"]),
    ("Riden RD6006P over RTU", supply, devices["pair"]["connection"]),
    ("Maynuo M97 over RTU", load, devices["pair"]["settings"]["sink_connection"]),
):
    print(f"-- {name}")
    run(connection)
sys.exit(1 if failures else 0)
