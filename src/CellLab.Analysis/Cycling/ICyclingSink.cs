namespace CellLab.Analysis.Cycling;

/// <summary>Where results go as soon as they are final; called in order, from the caller's own thread.</summary>
public interface ICyclingSink
{
    void StepEnded(StepResult step);

    /// <summary>The next cycle has begun (or the analysed data ends): nothing of this one changes any more.</summary>
    void CycleClosed(CycleResult cycle);

    void Found(Finding finding);
}
