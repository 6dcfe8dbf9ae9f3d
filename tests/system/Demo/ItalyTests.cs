using ClusterPulse.Demo;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Xunit;

namespace ClusterPulse.SystemTests.Demo;

/// <summary>A second nation, in a process of its own: Italy's districts alone.</summary>
public sealed class ItalyTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private GatewayProcess _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = GatewayProcess.Start(_folder.Path, "--demo", "--demo-cases", "italy");
        await _gateway.WhenPrintedAsync("Open next");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Its_figures_are_its_own_and_independent_sql_finds_no_difference()
    {
        var italy = await new IndicatorService.IndicatorServiceClient(_gateway.Channel).GetHealthAsync(new() { Name = "regions/IT" });
        Assert.Equal((double)DemoFacts.ItalyLinkedBuyers / DemoFacts.ItalyForeignFunded, Picture.Value(italy, "local_linkage_ratio"), 12);
        Assert.Equal(1, Picture.Value(italy, "cluster_type", ("type", "endogenous")));
        Assert.Equal(1, Picture.Value(italy, "stage", ("stage", "industry_cluster")));

        var como = await new IndicatorService.IndicatorServiceClient(_gateway.Channel).GetHealthAsync(new() { Name = "regions/IT013" });
        Assert.Equal(("prefecture", "regions/IT03", "伦巴第·科莫"), (como.Level, como.Parent, como.Path));
        // Compared with its own nation, of which textiles are a part.
        await Eventually.TrueAsync(async () => (await new IndicatorService.IndicatorServiceClient(_gateway.Channel).GetHealthAsync(new() { Name = "regions/IT013" }))
            .Observations.Any(o => o is { Indicator: "indicators/krugman_specialisation", FigureCase: Observation.FigureOneofCase.Value, Value: > 1 }));

        var regions = (await new RegistryService.RegistryServiceClient(_gateway.Channel).ListRegionsAsync(new())).Regions;
        Assert.Equal(["regions/CN", "regions/IT"], regions.Select(r => r.Name));
        Assert.Contains(await ScrapeAsync(), l => l.StartsWith("clusterpulse_local_linkage_ratio{code=\"IT\",level=\"nation\"} 0.833", StringComparison.Ordinal));

        var audit = await Picture.AuditAsync(_gateway.Channel);
        Assert.True(audit.Differences == 0, string.Join('\n', audit.Samples));
        Assert.True(audit.FigureDifferences == 0, string.Join('\n', audit.FigureSamples));
        Assert.True(audit.Figures > 1_000, $"{audit.Figures} figures");
    }

    [Fact]
    public void Its_growth_is_that_of_its_firms_and_not_of_the_euro()
    {
        var table = _gateway.Output[_gateway.Output.IndexOf("The cases side by side", StringComparison.Ordinal)..];
        var row = table.Split('\n').First(l => l.Contains("growth of output", StringComparison.Ordinal)).Split('│', StringSplitOptions.TrimEntries);
        Assert.InRange(double.Parse(row[2].TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture), 1.5, 3.5);
    }

    private async Task<string[]> ScrapeAsync() => (await _gateway.GetAsync("/metrics/domain")).Split('\n');
}
