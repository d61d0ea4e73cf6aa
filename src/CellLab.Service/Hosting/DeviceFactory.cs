using CellLab.Core.Devices;
using CellLab.Drivers.Catalog;
using CellLab.Engine.Hosted;
using CellLab.Engine.Operated;
using CellLab.Engine.Setup;
using CellLab.Service.Options;
using CellLab.Service.Triggers;

namespace CellLab.Service.Hosting;

/// <summary>Makes the configured devices by their drivers; the service steps the programs of those that offer a source-meter and run none by themselves. Opens
/// nothing yet.</summary>
internal static class DeviceFactory
{
    /// <exception cref="StartRefusedException">A driver does not exist or refuses its settings.</exception>
    public static EngineSetup Create(ProcessContext context) => new(
        [.. context.Configuration.Devices.Select((entry, index) => Create(entry, index, context))],
        Pipelines(context.Configuration))
    {
        Derived = new DerivedQuantities(),
        Patterns = (_, folder) => PatternFolderStore.Of(folder),
        Timings = new EngineTimings { StartLateness = context.Configuration.StartLateness },
    };

    public static IReadOnlyList<PipelineSpec> Pipelines(ServiceConfiguration configuration) =>
        [.. configuration.Pipelines.Select(pipeline => new PipelineSpec(pipeline.Id, pipeline.Holder, pipeline.Roles) { Wiring = pipeline.Wiring, Gas = pipeline.Gas, OnFailure = pipeline.OnFailure })];

    /// <exception cref="StartRefusedException">The driver does not exist or refuses its settings.</exception>
    public static DeviceRegistration Create(DeviceEntry entry, int index, ProcessContext context)
    {
        try
        {
            IDriverModule driver = DriverCatalog.Find(entry.Driver, $"devices[{index}].driver");
            IDevice device = driver.Create(DeviceSetup.From(entry.Section), context.Clocks, context.Loggers);
            IDevice runner = HostedProgramRunner.Over(device, new HostedTimings(), context.Clocks, context.Loggers);
            return new DeviceRegistration(OperatedProgramRunner.Over(runner), entry.Driver, entry.Simulated);
        }
        catch (DeviceSetupException wrong)
        {
            throw new StartRefusedException(DeviceErrors.Told(context.Configuration.File, entry.Id, wrong), wrong);
        }
    }
}
