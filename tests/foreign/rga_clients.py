#!/usr/bin/env python3
"""Drives the simulated SRS RGA heads with published open clients: srsinst.rga (TCP with log-in, serial), pyrga and ruediPy (serial).

Usage: rga_clients.py CONFIG [CLIENT ...]      clients: srsinst-tcp srsinst-serial pyrga ruedipy; all when none is named
CONFIG is what `celllab sim --bench tests/foreign/rga-bench.json --config-out CONFIG` wrote; the bench must run at speed 1.
Needs python3-serial, python3-numpy, python3-scipy, and the clients (with srsgui) on PYTHONPATH.
Exit code 0: everything as expected; 1: not; 77: a client or package is not there.
"""
import json
import sys
from pathlib import Path


def check(what, holds, seen=""):
    print(f"{'ok  ' if holds else 'FAIL'} {what} {seen}".rstrip(), flush=True)
    if not holds:
        sys.exit(1)


def near(value, expected, share):
    return abs(value - expected) <= share * abs(expected)


def srsinst(connect, model):
    from srsinst.rga import RGA100

    rga = RGA100(*connect)
    name, serial, firmware = rga.check_id()
    check("srsinst: identity", name == f"SRSRGA{model}" and firmware == "0.24", (name, serial, firmware))
    check("srsinst: power-on", rga.ionizer.emission_current == 0 and rga.cem.voltage == 0)
    rga.ionizer.set_parameters()
    rga.filament.turn_on()
    check("srsinst: filament", near(rga.ionizer.emission_current, 1.0, 0.02), rga.ionizer.emission_current)
    rga.pressure.total_pressure_enable = True
    check("srsinst: total pressure", near(rga.pressure.total_pressure, 1e9, 0.05), rga.pressure.total_pressure)
    rga.cem.turn_on()
    check("srsinst: multiplier", rga.cem.voltage == 1400, rga.cem.voltage)
    rga.scan.set_parameters(30, 50, 5, 10)
    check("srsinst: parameters", rga.scan.get_parameters() == (30, 50, 5, 10), rga.scan.get_parameters())
    spectrum = rga.scan.get_analog_scan()
    axis = rga.scan.get_mass_axis()
    check("srsinst: analog scan", len(spectrum) == 201 and abs(axis[spectrum.argmax()] - 40) < 0.35, f"{len(spectrum)} points, peak at {axis[spectrum.argmax()]:.1f}")
    histogram = rga.scan.get_histogram_scan()
    check("srsinst: histogram", len(histogram) == 21 and histogram.argmax() == 10, f"{len(histogram)} points")
    masses = rga.scan.get_multiple_mass_scan([18, 28, 32, 36, 44])
    check("srsinst: single masses", near(masses[3], 3.35e7, 0.05) and masses[0] > masses[1] > masses[2] > 0, [int(m) for m in masses])
    status = rga.get_status()
    check("srsinst: no errors", "Emission current: 1.00 mA" in status, status.replace("\n", "; "))
    rga.send("XX1")
    errors = rga.status.get_errors()  # reading clears them
    check("srsinst: unknown command shows", errors == "CM0", errors)
    check("srsinst: calibration", rga.calibrate_all() == 0)
    rga.cem.turn_off()
    rga.filament.turn_off()
    check("srsinst: off", rga.ionizer.emission_current == 0 and rga.cem.voltage == 0)
    rga.disconnect()


def pyrga(port):
    import pyrga as client

    rga = client.RGAClient(port, noise_floor=5)
    check("pyrga: identity", rga.get_device_id().startswith("SRSRGA200"), rga.get_device_id())
    rga.turn_on_filament()
    check("pyrga: filament", rga.get_filament_status())
    masses, pressures = rga.read_spectrum(amu_min=15, amu_max=45, amu_res=10)[:2]
    peak = masses[max(range(len(pressures)), key=lambda i: pressures[i])]
    check("pyrga: spectrum", len(pressures) == 301 and abs(peak - 40) < 0.11, f"{len(pressures)} points, peak at {peak:.1f}")
    pressure = rga.read_mass(40)
    check("pyrga: partial pressure of argon", near(pressure, 1e-5, 0.05), f"{pressure:.3e} Torr")
    rga.turn_off_filament()
    check("pyrga: off", not rga.get_filament_status())
    rga._com_obj.close()


def ruedipy(port):
    from ruedipy.rgams_SRS import rgams_SRS

    rga = rgams_SRS(port, has_plot_window=False, has_external_plot_window=True)
    check("ruediPy: serial number", rga.get_serial_number() == "10023", rga.get_serial_number())
    check("ruediPy: mass range, multiplier", rga.mz_max() == 200 and rga.has_multiplier())
    rga.set_electron_energy(70)
    rga.set_electron_emission(1.0)
    check("ruediPy: emission", near(float(rga.get_electron_emission()), 1.0, 0.02), rga.get_electron_emission())
    rga.set_detector("F")
    check("ruediPy: Faraday cup", rga.get_detector() == "F", rga.get_detector())
    value, unit = rga.peak(40, 0.025, "nofile")
    check("ruediPy: peak of argon", near(value, 1e-9, 0.05) and unit == "A", f"{value:.3e} {unit}")
    zero, unit = rga.zero(40, 10, 0.025, "nofile")
    check("ruediPy: zero", abs(zero) < 2e-12, f"{zero:.1e} {unit}")
    masses, currents, unit = rga.scan(38, 42, 10, 0.025, "nofile")
    check("ruediPy: scan", len(currents) >= 40 and max(currents) > 5e-10, f"{len(currents)} points, {max(currents):.2e} {unit}")
    rga.set_detector("M")
    check("ruediPy: multiplier", rga.get_detector() == "M", rga.get_multiplier_hv())
    rga.set_detector("F")
    rga.filament_off()
    check("ruediPy: off", not rga.is_filament_on())
    rga.ser.close()


def main():
    devices = {d["id"]: d["connection"] for d in json.loads(Path(sys.argv[1]).read_text())["devices"]}
    tcp, port = devices["rga1"], devices["rga2"].get("path")
    clients = {
        "srsinst-tcp": lambda: srsinst(["tcpip", tcp["host"], tcp["user"], tcp["password"], tcp["port"]], 100),
        "srsinst-serial": lambda: srsinst(["serial", port, 28800, True], 200),
        "pyrga": lambda: pyrga(port),
        "ruedipy": lambda: ruedipy(port),
    }
    for name in sys.argv[2:] or clients:
        print(f"--- {name}", flush=True)
        try:
            clients[name]()
        except ImportError as error:
            print(f"skipped: {error}")
            return 77
    return 0


if __name__ == "__main__":
    sys.exit(main())
