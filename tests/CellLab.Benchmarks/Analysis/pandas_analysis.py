"""Summary and dQ/dV of every cycle of a BDF CSV file with pandas and numpy: what a script in a laboratory would do. Prints JSON."""
import json
import sys
import time

import numpy as np
import pandas as pd

BIN_V, SIGMA_V = 0.005, 0.010


def summary(frame):
    """Charge, discharge, energies, efficiencies and mean voltages of each cycle, integrated by trapezoids within the steps."""
    same = frame["Step Count / 1"].eq(frame["Step Count / 1"].shift())
    hours = frame["Test Time / s"].diff().where(same, 0.0) / 3600
    current = frame["Current / A"]
    charge = ((current + current.shift()) / 2 * hours).fillna(0.0)
    energy = charge * ((frame["Voltage / V"] + frame["Voltage / V"].shift()) / 2)
    parts = pd.DataFrame({
        "cycle": frame["Cycle Count / 1"],
        "charge_ah": charge.clip(lower=0), "discharge_ah": -charge.clip(upper=0),
        "charge_wh": energy.clip(lower=0), "discharge_wh": -energy.clip(upper=0),
    })
    table = parts.groupby("cycle").sum()
    table["coulombic_efficiency_percent"] = 100 * table.discharge_ah / table.charge_ah
    table["energy_efficiency_percent"] = 100 * table.discharge_wh / table.charge_wh
    table["mean_charge_voltage_v"] = table.charge_wh / table.charge_ah
    table["mean_discharge_voltage_v"] = table.discharge_wh / table.discharge_ah
    return table, charge


def curves(frame, charge):
    """Charge in bins of 5 mV of each half cycle, smoothed with a Gaussian of 10 mV, and its maxima."""
    reach = np.arange(-8, 9) * BIN_V
    kernel = np.exp(-reach**2 / (2 * SIGMA_V**2))
    kernel /= kernel.sum()
    found = []
    work = pd.DataFrame({"cycle": frame["Cycle Count / 1"], "volts": frame["Voltage / V"], "charge": charge, "up": frame["Current / A"] > 0})
    for (cycle, up), half in work.groupby(["cycle", "up"]):
        bins = np.floor(half.volts.to_numpy() / BIN_V).astype(int)
        first = bins.min() - 8
        curve = np.convolve(np.bincount(bins - first, np.abs(half.charge.to_numpy()), bins.max() - first + 9), kernel, "same") / BIN_V
        peaks = np.flatnonzero((curve[1:-1] > curve[:-2]) & (curve[1:-1] > curve[2:])) + 1
        found.append((cycle, up, [(float((first + place + 0.5) * BIN_V), float(curve[place])) for place in peaks]))
    return found


frame = pd.read_csv(sys.argv[1])
started, used = time.perf_counter(), time.process_time()
table, charge = summary(frame)
found = curves(frame, charge)
print(json.dumps({"arithmetic_s": time.perf_counter() - started, "arithmetic_processor_s": time.process_time() - used, "last_discharge_ah": float(table.discharge_ah.iloc[-1]), "curves": len(found)}))
