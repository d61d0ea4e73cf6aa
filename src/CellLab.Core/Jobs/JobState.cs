namespace CellLab.Core.Jobs;

public enum JobState { Queued, Waiting, Starting, Running, Paused, Recovering, Stopping, Completed, Failed, Cancelled }
