namespace CellLab.Cli.Demo;

/// <summary>One job of the demo. The bench's cell of the same material stands in the pipeline.</summary>
/// <param name="Judge">From the job's last words to figures beside what is expected.</param>
internal sealed record DemoJob(string Sample, string Material, string Pipeline, string Holder, string Protocol, Func<DemoAnswers, DemoFigures> Judge);
