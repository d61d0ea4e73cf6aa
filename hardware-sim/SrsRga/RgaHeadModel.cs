using System.Globalization;
using CellLab.HardwareSim.Gas;

namespace CellLab.HardwareSim.SrsRga;

/// <summary>The head itself: parameters, error bytes, source, detector. Lives on when clients come and go; its line calls it one command at a time.</summary>
internal sealed class RgaHeadModel(RgaSimSettings settings, IonSource ions)
{
    private const double LargestWord = int.MaxValue;
    private const int LongestCommand = 16;

    /// <summary>Seconds of one single-mass reading by noise floor, as users measured them on a head.</summary>
    private static readonly double[] s_readingSeconds = [2.4, 1.21, 0.48, 0.25, 0.163, 0.060, 0.043, 0.025];

    private readonly Dictionary<string, RgaParameter> _table = RgaParameter.Table(settings.HighestMass);
    private readonly Dictionary<string, double> _values = RgaParameter.Table(settings.HighestMass).ToDictionary(p => p.Key, p => p.Value.PowerOn);
    private bool _totalFlag = true;

    public RgaErrors Errors { get; } = new();

    public double Emission => _values["FL"];

    public double MultiplierVolts => _values["HV"];

    private double ReadingSeconds => s_readingSeconds[(int)_values["NF"]];

    /// <summary>Carries a command out.</summary>
    public RgaAnswer Execute(string line)
    {
        if (line.Length > LongestCommand)
        {
            Errors.Set("EC", 2);
            return RgaAnswer.Silent;
        }

        string command = line.Length >= 2 ? line[..2].ToUpperInvariant() : line;
        string parameter = line.Length > 2 ? line[2..].Trim() : "";
        if (parameter == "?")
        {
            return Query(command);
        }

        return command switch
        {
            "IN" => Initialise(parameter),
            "CA" or "CL" => parameter.Length == 0 ? RgaAnswer.Status(command == "CA" ? 3 : 30) : Wrong(),
            "DG" => Degas(parameter),
            "SC" or "HS" => Scan(command, parameter),
            "MR" => ReadMass(parameter),
            "ML" => Number(parameter, 0, settings.HighestMass) is null ? Wrong() : RgaAnswer.Silent,
            "TP" => SetTotalFlag(parameter),
            _ when _table.TryGetValue(command, out RgaParameter? known) => Store(known, parameter),
            _ => Unknown(),
        };
    }

    /// <summary>One ion current, in units of 1e-16 A as the head sends it.</summary>
    /// <param name="mass">Null for the total ion current.</param>
    public int Word(double seconds, double? mass, double dwellSeconds)
    {
        if (mass is null && (!_totalFlag || MultiplierVolts > 0))
        {
            return 0;
        }

        double gain = MultiplierVolts > 0 ? Gain() : 1;
        double amplifier = 5e-14 * Math.Sqrt(0.163 / ReadingSeconds);
        double amperes = mass is { } m
            ? ions.Read(seconds, m, Emission, gain, dwellSeconds, amplifier)
            : _values["ST"] * 1e-3 * IonSource.ChamberTorr * Emission;
        return (int)Math.Clamp(Math.Round(amperes / 1e-16), -LargestWord, LargestWord);
    }

    /// <summary>The filament goes out, and the multiplier with it.</summary>
    public void Trip(int filamentBit)
    {
        Errors.Set("EF", filamentBit);
        _values["FL"] = 0;
        _values["HV"] = 0;
    }

    /// <summary>The head alone has lost its supply for a moment: everything is as when it is switched on, and no error tells of it.</summary>
    public void PowerOn()
    {
        foreach (RgaParameter known in _table.Values)
        {
            _values[known.Command] = known.PowerOn;
        }

        Errors.Clear("EF");
        _totalFlag = true;
    }

    private double Gain() => _values["MG"] > 0 && _values["MV"] == MultiplierVolts
        ? _values["MG"] * 1000
        : 1000 * Math.Pow(10, (MultiplierVolts - 1400) / 250);

    private RgaAnswer Query(string command) => command switch
    {
        "ID" => new RgaAnswer($"SRSRGA{settings.HighestMass}VER{settings.Firmware}SN{settings.SerialNumber:00000}"),
        "ER" => new RgaAnswer(Errors.Status.ToString(CultureInfo.InvariantCulture)),
        "MO" => new RgaAnswer(settings.Multiplier ? "1" : "0"),
        "CE" => new RgaAnswer("1"),
        "AP" => new RgaAnswer($"{(Span * (int)_values["SA"]) + 1}"),
        "HP" => new RgaAnswer($"{Span + 1}"),
        "TP" => new RgaAnswer(Words: new RgaScan([], ReadingSeconds, 0, 1, EndsWithTotal: true)),
        _ when RgaErrors.Knows(command) => new RgaAnswer(Errors.Read(command).ToString(CultureInfo.InvariantCulture)),
        _ when _table.TryGetValue(command, out RgaParameter? known) => new RgaAnswer(known.Show(_values[command])),
        _ => Unknown(),
    };

    private int Span => (int)(_values["MF"] - _values["MI"]);

    private RgaAnswer Initialise(string parameter)
    {
        if (parameter is not ("0" or "1" or "2"))
        {
            return Wrong();
        }

        if (parameter is "1" or "2")
        {
            foreach (RgaParameter known in _table.Values.Where(p => p.Command is not ("FL" or "HV")))
            {
                _values[known.Command] = known.Default;
            }
        }

        if (parameter == "2")
        {
            _values["FL"] = 0;
            _values["HV"] = 0;
        }

        return RgaAnswer.Status(0.2);
    }

    private RgaAnswer Store(RgaParameter known, string parameter)
    {
        if (known.Protected && !settings.TuningAllowed)
        {
            Errors.Set("EC", 5);
            return RgaAnswer.Silent;
        }

        double? asked = parameter == "*" ? known.Default : Number(parameter, double.MinValue, double.MaxValue);
        if (asked is not { } value || !known.Allows(value) || (known.Command == "HV" && value > 0 && !settings.Multiplier))
        {
            return Refuse(known);
        }

        if ((known.Command == "MI" && value > _values["MF"]) || (known.Command == "MF" && value < _values["MI"]))
        {
            Errors.Set("EC", 6);
            return RgaAnswer.Silent;
        }

        return Take(known, value);
    }

    private RgaAnswer Take(RgaParameter known, double value)
    {
        double before = _values[known.Command];
        _values[known.Command] = value;
        if (known.Command == "FL" && value > 0)
        {
            Errors.Clear("EF");
        }

        if (known.Command == "HV" && value > 0)
        {
            _totalFlag = false;
        }

        return known.AnswersStatus ? RgaAnswer.Status(known.Command switch { "FL" when value != before => 2, "HV" => 1, _ => 0.1 }) : RgaAnswer.Silent;
    }

    private RgaAnswer Refuse(RgaParameter known)
    {
        if (known.Command == "HV" && !settings.Multiplier)
        {
            Errors.Set("EM", 7);
            return RgaAnswer.Status(0.1);
        }

        return Wrong();
    }

    private RgaAnswer Degas(string parameter)
    {
        if (Number(parameter == "*" ? "3" : parameter, 0, 20) is not { } minutes || minutes != Math.Floor(minutes))
        {
            return Wrong();
        }

        _values["HV"] = 0;
        return minutes == 0 ? RgaAnswer.Silent : new RgaAnswer(Seconds: minutes * 60, EndsWithStatus: true, AnyByteStops: true);
    }

    private RgaAnswer Scan(string command, string parameter)
    {
        if (Number(parameter is "" or "*" ? "1" : parameter, 0, 255) is not { } count || count != Math.Floor(count))
        {
            return Wrong();
        }

        if (count == 0)
        {
            return RgaAnswer.Silent;
        }

        bool analog = command == "SC";
        int steps = analog ? (int)_values["SA"] : 1;
        List<double> masses = [.. Enumerable.Range(0, (Span * steps) + 1).Select(i => _values["MI"] + (i / (double)steps))];
        double each = analog ? ReadingSeconds / 7 : ReadingSeconds;
        return new RgaAnswer(Words: new RgaScan(masses, each, 0.3, parameter.Length == 0 ? null : (int)count, EndsWithTotal: true));
    }

    private RgaAnswer ReadMass(string parameter) => Number(parameter, 0, settings.HighestMass) is not { } mass || mass != Math.Floor(mass)
        ? Wrong()
        : mass == 0 ? RgaAnswer.Silent : new RgaAnswer(Words: new RgaScan([mass], ReadingSeconds, 0, 1, EndsWithTotal: false));

    private RgaAnswer SetTotalFlag(string parameter)
    {
        if (parameter is not ("0" or "1"))
        {
            return Wrong();
        }

        _totalFlag = parameter == "1";
        return RgaAnswer.Silent;
    }

    /// <summary>Fractions beyond four decimals are cut.</summary>
    private static double? Number(string text, double lowest, double highest) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
        && Math.Truncate(value * 1e4) / 1e4 is var cut && cut >= lowest && cut <= highest
            ? cut
            : null;

    private RgaAnswer Wrong()
    {
        Errors.Set("EC", 1);
        return RgaAnswer.Silent;
    }

    private RgaAnswer Unknown()
    {
        Errors.Set("EC", 0);
        return RgaAnswer.Silent;
    }
}
