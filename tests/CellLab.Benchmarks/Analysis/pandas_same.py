"""What `celllab analyze FILE --json` tells of a BDF CSV file, with pandas and numpy: the steps, counters beside integrals, gaps and defects, both tables of cycles,
charge spread over the bins between two records, peaks with height and area. Prints JSON; `--output` writes the whole result as JSON too."""
import json
import sys
import time

import numpy as np
import pandas as pd

BIN_V, SIGMA_V = 0.005, 0.010
TIME, VOLTS, AMPERES = "Test Time / s", "Voltage / V", "Current / A"
CYCLE, STEP, COUNTER = "Cycle Count / 1", "Step Count / 1", "Step Cumulative Capacity / Ah"


def defects(frame, same, seconds):
    """Rows whose values are no numbers, whose time or cycle falls, whose interval is a gap, whose counter falls."""
    usual = seconds[same].quantile(0.95)
    return {
        "not_a_number": np.flatnonzero(~np.isfinite(frame.to_numpy()).all(axis=1)).tolist(),
        "time_fell": frame.index[seconds < 0].tolist(),
        "cycle_count": frame.index[(frame[CYCLE].diff() < 0) | (frame[CYCLE] < 0) | (frame[CYCLE] % 1 != 0)].tolist(),
        "gaps": frame.index[same & (seconds > max(3 * usual, 60))].tolist(),
        "counter_fell": frame.index[same & (frame[COUNTER].diff() < -1e-6 * frame[COUNTER].shift())].tolist(),
    }


def steps(frame, hours, same):
    """Each executed step with its counter, its integral and the two compared; the charge of every interval by the counter."""
    current, volts = frame[AMPERES], frame[VOLTS]
    integral = (current + current.shift()) / 2 * hours
    energy = (current * volts + (current * volts).shift()) / 2 * hours
    counted = frame[COUNTER].diff().where(same, frame[COUNTER]) * np.sign(current)
    work = pd.DataFrame({
        "step": frame[STEP], "cycle": frame[CYCLE], "time": frame[TIME], "volts": volts,
        "charge_ah": counted.clip(lower=0), "discharge_ah": -counted.clip(upper=0),
        "charge_wh": energy.clip(lower=0).fillna(0.0), "discharge_wh": -energy.clip(upper=0).fillna(0.0),
        "integrated_charge_ah": integral.clip(lower=0).fillna(0.0), "integrated_discharge_ah": -integral.clip(upper=0).fillna(0.0),
    })
    by = work.groupby("step")
    table = by[["charge_ah", "discharge_ah", "charge_wh", "discharge_wh", "integrated_charge_ah", "integrated_discharge_ah"]].sum()
    edges = by.agg(cycle=("cycle", "first"), rows=("time", "size"), start_s=("time", "first"), end_s=("time", "last"), start_v=("volts", "first"), end_v=("volts", "last"))
    table = table.join(edges)
    moved, integrated = table.charge_ah + table.discharge_ah, table.integrated_charge_ah + table.integrated_discharge_ah
    table["differs"] = (moved - integrated).abs() > 0.01 * np.maximum(moved, integrated)
    return table, counted


def cycles(table):
    result = table.groupby("cycle")[["charge_ah", "discharge_ah", "charge_wh", "discharge_wh", "integrated_charge_ah", "integrated_discharge_ah"]].sum()
    result["coulombic_efficiency_percent"] = 100 * result.discharge_ah / result.charge_ah
    result["energy_efficiency_percent"] = 100 * result.discharge_wh / result.charge_wh
    result["mean_charge_voltage_v"] = result.charge_wh / result.charge_ah
    result["mean_discharge_voltage_v"] = result.discharge_wh / result.discharge_ah
    result["hysteresis_v"] = result.mean_charge_voltage_v - result.mean_discharge_voltage_v
    return result


def histogram(low, high, charge):
    """Charge spread over the bins between two voltages in proportion to the overlap."""
    first, last = np.floor(low).astype(np.int64), np.floor(high).astype(np.int64)
    parts = last - first + 1
    row = np.repeat(np.arange(len(low)), parts)
    place = first[row] + np.arange(len(row)) - np.repeat(np.cumsum(parts) - parts, parts)
    width = (high - low)[row]
    share = np.where(width > 0, (np.minimum(high[row], place + 1) - np.maximum(low[row], place)) / np.where(width > 0, width, 1), 1)
    return first.min(), np.bincount(place - first.min(), charge[row] * share)


def peaks(first, curve):
    """Maxima above 15 % of the largest: parabola through three points, area to the minima on both sides."""
    found, padded = [], np.concatenate([[0.0], curve, [0.0]])
    left, middle, right = padded[:-2], padded[1:-1], padded[2:]
    for place in np.flatnonzero((middle > 0.15 * curve.max()) & (middle > left) & (middle >= right)):
        bend = left[place] - 2 * middle[place] + right[place]
        shift = (left[place] - right[place]) / (2 * bend) if bend else 0.0
        rising = np.flatnonzero(left[:place + 1] > middle[:place + 1])
        falling = np.flatnonzero(right[place:] > middle[place:])
        start = rising[-1] if len(rising) else 0
        end = place + falling[0] if len(falling) else len(curve) - 1
        area = curve[start:end + 1].sum() - (curve[start] / 2 if left[start] > 0 else 0) - (curve[end] / 2 if right[end] > 0 else 0)
        found.append({"voltage_v": float((first + place + shift + 0.5) * BIN_V), "height_mah_per_v": float(1e3 * (middle[place] - (left[place] - right[place]) * shift / 4)), "area_mah": float(1e3 * area * BIN_V)})
    return found


def curves(frame, counted, same):
    reach = np.arange(-8, 9) * BIN_V
    kernel = np.exp(-reach**2 / (2 * SIGMA_V**2))
    kernel /= kernel.sum()
    volts = frame[VOLTS].to_numpy() / BIN_V
    before = np.where(same, frame[VOLTS].shift().to_numpy() / BIN_V, volts)
    work = pd.DataFrame({"cycle": frame[CYCLE], "up": frame[AMPERES] > 0, "low": np.minimum(volts, before), "high": np.maximum(volts, before), "charge": counted.abs()})
    found = []
    for (cycle, up), half in work[work.charge > 0].groupby(["cycle", "up"]):
        first, content = histogram(half.low.to_numpy(), half.high.to_numpy(), half.charge.to_numpy())
        curve = np.convolve(content, kernel, "full") / BIN_V
        found.append({"cycle": int(cycle), "direction": "charge" if up else "discharge", "area_mah": float(1e3 * content.sum()), "peaks": peaks(first - 8, curve)})
    return found


frame = pd.read_csv(sys.argv[1])
started, used = time.perf_counter(), time.process_time()
same = frame[STEP].eq(frame[STEP].shift())
seconds = frame[TIME].diff()
findings = defects(frame, same, seconds)
table, counted = steps(frame, seconds.where(same, 0.0) / 3600, same)
summary = cycles(table)
found = curves(frame, counted, same)
text = json.dumps({"findings": findings, "steps": table.reset_index().to_dict("records"), "cycles": summary.reset_index().to_dict("records"), "dqdv": found}, default=float)
told = {"arithmetic_s": time.perf_counter() - started, "arithmetic_processor_s": time.process_time() - used, "last_discharge_ah": float(summary.discharge_ah.iloc[-1]), "curves": len(found)}
if "--output" in sys.argv:
    print(text)
else:
    print(json.dumps(told))
