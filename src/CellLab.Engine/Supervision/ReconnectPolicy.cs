using CellLab.Core.Devices;
using CellLab.Engine.Setup;
using Polly;
using Polly.Retry;

namespace CellLab.Engine.Supervision;

/// <summary>One pipeline per device: connects again for ever, ever slower, on wall time. A start command never runs inside it.</summary>
internal static class ReconnectPolicy
{
    public static ResiliencePipeline Create(EngineTimings timings, TimeProvider wall, Func<DeviceFaultException, ValueTask> onFault) =>
        new ResiliencePipelineBuilder { TimeProvider = wall }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<DeviceFaultException>(),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = timings.FirstReconnectDelay,
                MaxDelay = timings.MaxReconnectDelay,
                OnRetry = arguments => arguments.Outcome.Exception is DeviceFaultException fault ? onFault(fault) : default,
            })
            .Build();
}
