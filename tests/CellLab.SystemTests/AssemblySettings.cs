// The tests start processes and measure time; two of them at once would disturb each other on a small machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

// The executable under test runs on Linux; so do signals, file modes and the process table that the tests use.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
