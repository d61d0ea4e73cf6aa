using CellLab.Core.Jobs;
using CellLab.Core.Records;
using CellLab.Core.Triggers.Rules;

namespace CellLab.Engine.Triggers;

/// <summary>The derived quantities that a job's triggers wait for, with their last values.</summary>
internal sealed class DerivedFeed
{
    private readonly Dictionary<string, IDerivedQuantity> _quantities = [];
    private readonly Dictionary<string, double?> _values = [];
    private long _companions;

    /// <param name="quantities">Null where nobody has bound any: their values stay unknown.</param>
    public DerivedFeed(TriggerPlan plan, Job job, IDerivedQuantities? quantities)
    {
        if (quantities is null)
        {
            return;
        }

        foreach (string name in plan.Scopes.SelectMany(scope => scope.Spec.Conditions).OfType<DerivedCondition>().Select(condition => condition.Quantity).Distinct())
        {
            _quantities[name] = quantities.Create(name, job);
        }
    }

    public bool IsEmpty => _quantities.Count == 0;

    public IReadOnlyDictionary<string, double?> Values => _values;

    public void Add(RecordRow row)
    {
        foreach ((string name, IDerivedQuantity quantity) in _quantities)
        {
            _values[name] = quantity.Next(row);
        }
    }

    /// <summary>Rows of the mass spectrometer; those that were given before are passed over.</summary>
    public void Add(CompanionRow row)
    {
        if (row.Stream != Streams.MassSpectrometer || row.Sequence <= _companions)
        {
            return;
        }

        _companions = row.Sequence;
        foreach ((string name, IDerivedQuantity quantity) in _quantities)
        {
            _values[name] = quantity.Next(row);
        }
    }
}
