using CellLab.Core.Documents;

namespace CellLab.Service.Rest;

/// <summary>A protocol that was refused: the first finding as the reason, all of them beside it.</summary>
internal static class ProtocolProblem
{
    public static RestProblemException Of(string field, IReadOnlyList<Finding> errors) => new(
        StatusCodes.Status422UnprocessableEntity, errors[0].ToString(), field,
        errors.Count > 1 ? $"{errors.Count} errors were found; 'protocol check' lists them all." : "Correct the protocol at that place.")
    {
        Errors = errors,
    };
}
