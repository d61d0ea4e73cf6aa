using CellLab.Cli;

CliEnvironment environment = CliEnvironment.OfProcess();
using var signals = new StopSignals(environment.Interrupts, environment.Error);
return await CommandLine.RunAsync(args, environment, signals.Token);
