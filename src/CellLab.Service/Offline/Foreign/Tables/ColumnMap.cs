using System.Globalization;
using CellLab.Service.Offline.Foreign.Text;

namespace CellLab.Service.Offline.Foreign.Tables;

/// <summary>The columns of one file: which field holds what, and the factor to the neutral unit.</summary>
internal sealed class ColumnMap
{
    private ColumnMap(IReadOnlyList<ColumnSpec> columns, int stepTypeField, IReadOnlyList<(string Header, string Unit)> unknownUnits)
    {
        Columns = columns;
        StepTypeField = stepTypeField;
        UnknownUnits = unknownUnits;
        Quantities = columns.Select(column => column.Quantity).ToHashSet();
    }

    public IReadOnlyList<ColumnSpec> Columns { get; }

    /// <summary>Field with the step's name, or -1.</summary>
    public int StepTypeField { get; }

    public IReadOnlySet<Quantity> Quantities { get; }

    public IReadOnlyList<(string Header, string Unit)> UnknownUnits { get; }

    public static ColumnMap Resolve(IReadOnlyList<string> headers, IReadOnlyList<ColumnRule> rules, params string[] stepTypeKeys)
    {
        HeaderName[] names = [.. headers.Select(HeaderName.Parse)];
        var columns = new List<ColumnSpec>();
        var unknown = new List<(string, string)>();
        foreach (ColumnRule rule in rules)
        {
            int field = FieldOf(names, rule.Keys);
            if (field < 0 || columns.Exists(column => column.Field == field || column.Quantity == rule.Quantity))
            {
                continue;
            }

            string? unit = names[field].Unit;
            bool clock = rule.Dimension == Dimension.Seconds && unit?.Contains(':', StringComparison.Ordinal) == true;
            if ((clock ? 1 : UnitFactor.Of(rule.Dimension, unit)) is { } factor)
            {
                columns.Add(new ColumnSpec(field, rule.Quantity, rule.Dimension, factor * rule.Scale, names[field].Text));
            }
            else
            {
                unknown.Add((names[field].Text, unit!));
            }
        }

        return new ColumnMap(columns, FieldOf(names, stepTypeKeys), unknown);
    }

    public void Report(FindingLog log)
    {
        foreach ((string header, string unit) in UnknownUnits)
        {
            log.Error(ForeignCodes.UnknownUnit, null, header, string.Create(
                CultureInfo.InvariantCulture, $"column '{header}': the unit '{unit}' is not known for it, so the column is not read; rename the header, for example Current(mA)"));
        }
    }

    private static int FieldOf(HeaderName[] names, string[] keys)
    {
        foreach (string key in keys)
        {
            int field = Array.FindIndex(names, name => Matches(name, key));
            if (field >= 0)
            {
                return field;
            }
        }

        return -1;
    }

    private static bool Matches(HeaderName name, string key) =>
        key.EndsWith("|u", StringComparison.Ordinal) ? name.Unit is not null && name.Key == key[..^2]
        : key.EndsWith('|') && key[0] != '|' ? name.Unit is null && name.Key == key[..^1]
        : name.Key == key;
}
