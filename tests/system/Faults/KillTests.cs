using System.Diagnostics;
using ClusterPulse.SystemTests.Demo;
using ClusterPulse.SystemTests.Support;
using Xunit;

namespace ClusterPulse.SystemTests.Faults;

/// <summary>kill -9 while the demo streams in; each start goes on where the one before was stopped.</summary>
[Collection(DemoCollection.Name)]
public sealed class KillTests(RunningDemo demo)
{
    /// <summary>Kills; more by hand: <c>CLUSTERPULSE_KILLS=20 tests/run system</c>.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("CLUSTERPULSE_KILLS"), out var kills) ? kills : 4;

    [Fact]
    public async Task Killed_again_and_again_during_the_stream_the_figures_end_the_same()
    {
        using var folder = new TempFolder();
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            var gateway = GatewayProcess.Start(folder.Path, "--demo", "--demo-cases", RunningDemo.Cases);
            await using (gateway.ConfigureAwait(false))
            {
                await gateway.WhenHealthyAsync();
                await Task.Delay(random.Next(500, 6_000));
                await gateway.KillAsync();
            }
        }
        await using var last = GatewayProcess.Start(folder.Path, "--demo", "--demo-cases", RunningDemo.Cases);
        await last.WhenPrintedAsync("Open next");

        // What compares regions comes once all of them have been heard, in both: the other one may have begun to serve just before.
        var patience = Stopwatch.StartNew();
        string expected, actual;
        while ((expected = await TextAsync(demo.Gateway)) != (actual = await TextAsync(last)) && patience.Elapsed < TimeSpan.FromMinutes(1))
            await Task.Delay(500);

        Assert.True(expected == actual, $"seed {seed}: {FirstDifference(expected, actual)}");
        var audit = await Picture.AuditAsync(last.Channel);
        Assert.True(audit.Differences == 0, $"seed {seed}: {string.Join('\n', audit.Samples)}");
        Assert.True(audit.FigureDifferences == 0, $"seed {seed}: {string.Join('\n', audit.FigureSamples)}");
    }

    [Fact]
    public async Task A_restart_is_live_again_in_seconds()
    {
        using var folder = new TempFolder();
        foreach (var file in Directory.GetFiles(demo.Folder))
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        var clock = Stopwatch.StartNew();
        await using var gateway = await GatewayProcess.StartHealthyAsync(folder.Path, "--as-of", "2005-01-31");

        var places = await Picture.ReadAsync(gateway.Channel);
        TestContext.Current.TestOutputHelper?.WriteLine($"live after {clock.Elapsed.TotalSeconds:F1} s, process start included");
        Assert.NotEmpty(places);
        // What compares regions comes once all of them have been heard.
        var all = (await TextAsync(demo.Gateway)).Split('\n').Length;
        await Eventually.TrueAsync(async () => (await TextAsync(gateway)).Split('\n').Length == all);
        TestContext.Current.TestOutputHelper?.WriteLine($"all figures after {clock.Elapsed.TotalSeconds:F1} s");
    }

    private static async Task<string> TextAsync(GatewayProcess gateway) => Picture.Text(await Picture.ReadAsync(gateway.Channel));

    private static string FirstDifference(string expected, string actual)
    {
        var (e, a) = (expected.Split('\n').ToHashSet(), actual.Split('\n').ToHashSet());
        return $"{e.Except(a).Count()} figures differ, first: expected {e.Except(a).FirstOrDefault()}, got {a.Except(e).FirstOrDefault()}";
    }
}
