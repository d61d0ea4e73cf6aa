using CellLab.Core.Documents;
using CellLab.Core.Programs;
using CellLab.Core.Protocols;

namespace CellLab.Service.Offline.Preview;

/// <summary>From the text of a protocol to its preview, for the command line and REST alike.</summary>
public static class ProtocolPreviewer
{
    /// <param name="capacityAmpereHours">What 1C draws in an hour where no mass is known.</param>
    /// <exception cref="ArgumentException">The cell is not known, or mass or capacity is missing; the message says which.</exception>
    public static PreviewOutcome Preview(ProtocolText text, double? capacityAmpereHours, RehearsalSetup setup, CancellationToken cancellationToken)
    {
        ProtocolReading reading = text.Read();
        CompileOptions options = CompileOptions.ForPerson(setup.Channel, setup.Chosen?.Pipeline) with
        {
            CapacityAmpereHours = capacityAmpereHours, KeepsOtherInstruments = true, MassIsRegistered = setup.MassIsRegistered, Holder = setup.Chosen?.Holder,
            AcceptsLosses = text.AcceptLosses,
        };
        if (reading.Protocol is not { } protocol)
        {
            return new PreviewOutcome(null, ReadableParts.Errors(reading, setup.Base, options));
        }

        Compilation compiled = ProgramCompiler.Compile(protocol, setup.Base, options);
        IReadOnlyList<Finding> mass = setup.MassIsRegistered ? [] : ProtocolCheck.MassErrors(protocol.File, setup.Base, options.Holder);
        if (mass.Count > 0 || compiled.Program is not { } program)
        {
            return new PreviewOutcome(null, [.. mass, .. compiled.Errors]);
        }

        return Play(protocol, program, setup, [.. reading.Warnings, .. compiled.Warnings], cancellationToken);
    }

    private static PreviewOutcome Play(
        Protocol protocol, CellProgram program, RehearsalSetup setup, IReadOnlyList<Finding> warnings, CancellationToken cancellationToken)
    {
        if (SplitProblem(program, setup) is { } problem)
        {
            return new PreviewOutcome(null, [new Finding(protocol.File, 0, 0, problem)]);
        }

        try
        {
            ProtocolPreview preview = ProtocolRehearsal.Play(program, setup, cancellationToken);
            return new PreviewOutcome(
                preview with
                {
                    Warnings =
                    [
                        .. warnings, .. OtherInstrumentWarnings.Of(protocol, program, setup.Chosen?.Pipeline is not null), .. PatternSpans.Of(protocol, program, preview.Steps, setup.ActiveMassMilligrams),
                    ],
                },
                []);
        }
        catch (StepNeverEndsException endless)
        {
            SourcePosition at = PlaceOf(protocol, endless.Step);
            return new PreviewOutcome(null, [new Finding(protocol.File, at.Line, at.Column, endless.Message)]);
        }
    }

    /// <summary>Why the program cannot be divided for the channel; null when it can.</summary>
    private static string? SplitProblem(CellProgram program, RehearsalSetup setup)
    {
        try
        {
            _ = SegmentPlan.Of(program, setup.ExecutorOf(program));
            return null;
        }
        catch (ArgumentException tooMany)
        {
            return tooMany.Message;
        }
    }

    private static SourcePosition PlaceOf(Protocol protocol, ProgramStep step) =>
        protocol.Steps.Where(entry => entry is not TagMark).ElementAtOrDefault(step.Number - 1)?.At ?? default;
}

/// <summary>A preview, or every reason why there is none.</summary>
public sealed record PreviewOutcome(ProtocolPreview? Preview, IReadOnlyList<Finding> Errors);
