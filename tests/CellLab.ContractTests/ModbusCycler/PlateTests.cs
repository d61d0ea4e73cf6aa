using CellLab.ContractTests.Bench;
using CellLab.Core.Devices;

namespace CellLab.ContractTests.ModbusCycler;

public sealed class PlateTests
{
    private const string Bench =
        """
        { "cells": [{ "name": "a", "material": "LMNO", "parallel": 1000 }],
          "devices": [
            { "id": "psb1", "driver": "ModbusCycler", "model": "ea-psb", "nominal_amperes": 20, "nominal_volts": 80, "cell": "a" },
            { "id": "pair1", "driver": "ModbusCycler", "model": "riden-maynuo", "cell": "a" },
            { "id": "load1", "driver": "ModbusCycler", "model": "maynuo-m97", "cell": "a" } ] }
        """;

    [Theory]
    [InlineData("psb1", 20, 80)]
    [InlineData("pair1", 6, 60)]
    [InlineData("load1", 30, 150)]
    public async Task The_bench_writes_what_its_devices_can_do_so_that_protocols_are_held_against_it(string id, double amperes, double volts)
    {
        await using SimulatedBench bench = await SimulatedBench.StartAsync(1, Bench);

        ChannelCapability channel = bench.CapabilityOf(id, "1");

        Assert.Equal((amperes, 0.0, volts), (channel.MaxAmperes, channel.MinVolts, channel.MaxVolts));
    }
}
