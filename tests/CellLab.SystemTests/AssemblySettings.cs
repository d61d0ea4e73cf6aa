// The tests start processes and measure time; two of them at once would disturb each other on a small machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
