using System.Globalization;

namespace CellLab.Service.Offline.Foreign;

/// <summary>Collects findings; of each kind and column the first hundred, then only their number, so that a broken file of any length costs no memory.</summary>
internal sealed class FindingLog
{
    private const int MostOfAKind = 100;

    private readonly List<ForeignFinding> _findings = [];
    private readonly Dictionary<(string Code, string? Column), long> _counts = [];

    public void Error(string code, long? row, string? column, string message) => Add("error", code, row, column, message);

    public void Warning(string code, long? row, string? column, string message) => Add("warning", code, row, column, message);

    public void Info(string code, long? row, string? column, string message) => Add("info", code, row, column, message);

    /// <summary>Everything found, with one line for each kind that was cut short.</summary>
    public IReadOnlyList<ForeignFinding> ToList() =>
    [
        .. _findings,
        .. _counts.Where(kind => kind.Value > MostOfAKind).Select(kind => new ForeignFinding(
            "info", ForeignCodes.More, null, kind.Key.Column,
            string.Create(CultureInfo.InvariantCulture, $"{kind.Value - MostOfAKind} more findings '{kind.Key.Code}' are not listed"))),
    ];

    private void Add(string severity, string code, long? row, string? column, string message)
    {
        long before = _counts.GetValueOrDefault((code, column));
        _counts[(code, column)] = before + 1;
        if (before < MostOfAKind)
        {
            _findings.Add(new ForeignFinding(severity, code, row, column, message));
        }
    }
}
