using System.Globalization;

namespace EcoChemie.Autolab.Sdk;

/// <summary>The potentiostat and galvanostat.</summary>
public sealed class EI
{
    private readonly Instrument _instrument;
    private EICellOnOff _cell;
    private EIMode _mode;
    private EICurrentRange _range = EICurrentRange.CR10_1mA;
    private double _setpoint;
    private bool _dsg;

    internal EI(Instrument instrument) => _instrument = instrument;

#pragma warning disable CA1034, CA1707, CA1008, CA1711 // nested, with these names: so they stand in the vendor's library
    public enum EICellOnOff { Off, On }

    public enum EIMode { Potentiostatic, Galvanostatic }

    public enum EIBandwidth { High_Stability, High_Speed, Ultra_High_Speed }

    public enum EICurrentRange
    {
        CR00_1000A, CR01_100A, CR02_80A, CR03_50A, CR04_40A, CR05_20A, CR06_10A, CR07_1A, CR08_100mA, CR09_10mA, CR10_1mA, CR11_100uA, CR12_10uA,
        CR13_1uA, CR14_100nA, CR15_10nA, CR16_1nA, CR17_100pA, CR18_10pA, CR19_1pA,
    }
#pragma warning restore CA1034, CA1707, CA1008, CA1711

    public EICellOnOff CellOnOff
    {
        get => _cell;
        set => Send("cell", (_cell = value) == EICellOnOff.On ? 1 : 0);
    }

    public EIMode Mode
    {
        get => _mode;
        set => Send("galvanostat", (_mode = value) == EIMode.Galvanostatic ? 1 : 0);
    }

    public EIBandwidth Bandwidth { get; set; }

    public EICurrentRange CurrentRange
    {
        get => _range;
        set => Send("range", AmperesOf(_range = value));
    }

    /// <summary>V or A, by <see cref="Mode"/>.</summary>
    public double Setpoint
    {
        get => _setpoint;
        set => Send("setpoint", _setpoint = value);
    }

    public bool EnableDsgInput
    {
        get => _dsg;
        set => Send("dsg", (_dsg = value) ? 1 : 0);
    }

    public double Potential => _instrument.Look().Volts;

    public double Current => _instrument.Look().Amperes;

    public double PotentialApplied => _mode == EIMode.Potentiostatic ? _setpoint : 0;

    public bool Cell => _instrument.Look().Cell;

    public bool CurrentOverload => _instrument.Look().CurrentOverload;

    public bool PotentialOverload => _instrument.Look().PotentialOverload;

    private void Send(string what, double value) => _instrument.Keep(_instrument.Link.Set(what, value));

    /// <summary>The number and unit behind the underscore.</summary>
    private static double AmperesOf(EICurrentRange range)
    {
        string name = range.ToString().Split('_')[1].TrimEnd('A');
        double factor = name[^1] switch { 'm' => 1e-3, 'u' => 1e-6, 'n' => 1e-9, 'p' => 1e-12, _ => 1 };
        return factor * double.Parse(name.TrimEnd('m', 'u', 'n', 'p'), CultureInfo.InvariantCulture);
    }
}
