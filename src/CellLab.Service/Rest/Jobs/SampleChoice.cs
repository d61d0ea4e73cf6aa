using CellLab.Core.Samples;
using CellLab.Core.Time;
using CellLab.Service.Rest.Samples;

namespace CellLab.Service.Rest.Jobs;

/// <summary>Which sample a request means: a registered one, or a new one made of mass and capacity.</summary>
internal sealed class SampleChoice(SampleBook book, Clocks clocks)
{
    /// <summary>Figures of a request may differ by this from the registered ones: what rounding on a label does.</summary>
    private const double Tolerance = 0.001;

    /// <param name="holder">Of the pipeline: what a new sample sits in.</param>
    /// <returns>The sample, and whether it has to be registered with the job.</returns>
    public async Task<(Sample Sample, bool IsNew)> ChooseAsync(JobRequest request, string holder, string who, CancellationToken cancellationToken)
    {
        string name = Bounds.Text("sample", request.Sample, RestLimits.MaxNameLength);
        var input = new SampleInput
        {
            Name = name, ActiveMass = request.Mass, Capacity = request.Capacity,
            AcceptCapacity = SampleBook.AcceptCapacity(request.AcceptCapacity), Holder = Holders.All.Contains(holder) ? holder : null,
        };
        IReadOnlyList<Sample> versions = await book.VersionsAsync(name, cancellationToken);
        if (versions.Count > 0)
        {
            CheckSame(versions[^1], input, who);
            return (versions[^1], false);
        }

        if (request.Mass is null || request.Capacity is null)
        {
            throw RestProblemException.Invalid(
                "sample", $"There is no sample '{name}'.", "Register it with 'sample add', or give mass and capacity with the job.");
        }

        return (SampleBook.Accept(SampleFactory.Create(input, who, clocks.Lab.GetUtcNow())), true);
    }

    private void CheckSame(Sample known, SampleInput given, string who)
    {
        if (given.ActiveMass is null && given.Capacity is null)
        {
            return;
        }

        var completed = given with
        {
            Holder = known.Holder,
            AcceptCapacity = "of the registered sample",
            ActiveMass = given.ActiveMass ?? FormattableString.Invariant($"{known.ActiveMassMilligrams:R}mg"),
            Capacity = given.Capacity ?? FormattableString.Invariant($"{known.NominalCapacityMilliampereHoursPerGram:R}mAh/g"),
        };
        Sample asGiven = SampleBook.Accept(SampleFactory.Create(completed, who, clocks.Lab.GetUtcNow()));
        CheckClose("mass", asGiven.ActiveMassMilligrams, known.ActiveMassMilligrams, "mg", known.Name);
        CheckClose(
            "capacity", asGiven.NominalCapacityMilliampereHoursPerGram, known.NominalCapacityMilliampereHoursPerGram, "mAh/g", known.Name);
    }

    private static void CheckClose(string field, double given, double known, string unit, string name)
    {
        if (Math.Abs(given - known) > Tolerance * known)
        {
            throw RestProblemException.Invalid(
                field,
                FormattableString.Invariant($"Sample '{name}' is registered with {known:G6} {unit}, the request says {given:G6} {unit}."),
                "Leave it out to use the registered figure, correct that with 'sample amend', or use another name.");
        }
    }
}
