using CellLab.Core.Samples;
using CellLab.Core.Units;
using CellLab.Service.Offline;
using CellLab.Service.Options;
using CellLab.Service.Rest.Samples;

namespace CellLab.Service.Rest.Protocols;

/// <summary>Reads the members that the check and the preview of a protocol share.</summary>
internal sealed class ProtocolRequestReader(SampleBook book, ServiceConfiguration configuration)
{
    public static ProtocolText Text(ProtocolRequest request)
    {
        string name = Bounds.Text("name", request.Name, RestLimits.MaxReasonLength);
        string text = request.Text ?? throw RestProblemException.Invalid("text", "text is missing.", "Send the text of the protocol.");
        foreach ((string parameter, string value) in request.Set ?? new Dictionary<string, string>())
        {
            Bounds.Text($"set.{parameter}", value, RestLimits.MaxNameLength);
        }

        return new ProtocolText(name, text, request.Set, request.AcceptLosses);
    }

    /// <summary>The base, or what 1C draws in an hour (Ah) where no mass is known; both null when nothing is given.</summary>
    public async Task<(CRateBase? Base, double? CapacityAmpereHours)> BaseAsync(ProtocolRequest request, CancellationToken cancellationToken)
    {
        if (request.Sample is { } sample)
        {
            IReadOnlyList<Sample> versions = await book.VersionsAsync(sample, cancellationToken);
            return versions.Count > 0
                ? (versions[^1].Base, null)
                : throw RestProblemException.Invalid("sample", $"There is no sample '{sample}'.", "GET /api/v1/samples lists them.");
        }

        CapacityQuantity? capacity = Read("capacity", request.Capacity, QuantityParser.Capacity);
        double? milligrams = Read("mass", request.Mass, QuantityParser.Milligrams);
        return (Base(milligrams, capacity), capacity?.MilliampereHours * 1e-3);
    }

    /// <summary>Null when the request names no pipeline.</summary>
    public ChosenChannel? Channel(ProtocolRequest request) =>
        request.Pipeline is { } id ? ChosenChannel.Of(configuration, PipelineChoice.Find(configuration, id)) : null;

    private static CRateBase? Base(double? milligrams, CapacityQuantity? capacity) =>
        milligrams is { } mass && capacity is { } quantity ? new CRateBase(quantity.PerGram(mass), mass) : null;

    private static T? Read<T>(string field, string? text, Func<string, T> parse)
        where T : struct
    {
        try
        {
            return text is null ? null : parse(text);
        }
        catch (FormatException wrong)
        {
            throw RestProblemException.Invalid(field, wrong.Message, "Write a number with its unit.");
        }
    }
}
