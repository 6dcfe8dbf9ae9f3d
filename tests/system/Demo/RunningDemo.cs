using ClusterPulse.SystemTests.Support;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace ClusterPulse.SystemTests.Demo;

/// <summary>The demo, streamed in once and serving, for all tests that only look.</summary>
public sealed class RunningDemo : IAsyncLifetime
{
    /// <summary>What the tests look at: the other cases would double the time and show nothing new about them.</summary>
    internal const string Cases = "suzhou,wenzhou";

    private readonly TempFolder _folder = new();

    internal GatewayProcess Gateway { get; private set; } = null!;

    internal string Folder => _folder.Path;

    /// <summary>Scrapes it from the beginning: its alerts come true while other tests look.</summary>
    internal PrometheusServer Prometheus { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Gateway = GatewayProcess.Start(_folder.Path, "--demo", "--demo-cases", Cases);
        await Gateway.WhenPrintedAsync("Open next");
        Prometheus = await PrometheusServer.StartAsync(Gateway.HttpPort);
    }

    public async ValueTask DisposeAsync()
    {
        if (Prometheus is not null)
            await Prometheus.DisposeAsync();
        await Gateway.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Shares the demo.</summary>
[CollectionDefinition(Name)]
[TestClassOrderer(typeof(ThoseThatWaitLast))]
public sealed class DemoCollection : ICollectionFixture<RunningDemo>
{
    public const string Name = "demo";
}

/// <summary>Prometheus has had time while the others ran.</summary>
public sealed class ThoseThatWaitLast : ITestClassOrderer
{
    public IReadOnlyCollection<TTestClass?> OrderTestClasses<TTestClass>(IReadOnlyCollection<TTestClass?> testClasses)
        where TTestClass : ITestClass => [.. testClasses.OrderBy(c => c?.TestClassName == typeof(PrometheusTests).FullName)];
}
