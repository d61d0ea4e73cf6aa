namespace CellLab.Benchmarks;

/// <summary>Something that can be measured by name.</summary>
internal interface IBenchmark
{
    string Name { get; }

    /// <summary>One sentence: what is measured, under which load.</summary>
    string Summary { get; }

    Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken);
}
