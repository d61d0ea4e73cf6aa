namespace EcoChemie.Autolab.Sdk.Links;

/// <summary>What stands in the place of the USB link. One call at a time.</summary>
internal interface IInstrumentLink : IDisposable
{
    Snapshot Read();

    /// <param name="what"><c>cell</c>, <c>galvanostat</c>, <c>range</c>, <c>setpoint</c>, <c>dsg</c>, <c>fra</c>.</param>
    /// <param name="value">SI units; 1 and 0 for on and off.</param>
    Snapshot Set(string what, double value);

    Snapshot Begin();

    Snapshot End();

    /// <summary>Lets the instrument's time go on until then, for so long on the wall at most.</summary>
    Snapshot Wait(double seconds, double wallSeconds);

    (double Real, double Imaginary, Snapshot After) Measure(double hertz, double amplitude, double seconds);
}
