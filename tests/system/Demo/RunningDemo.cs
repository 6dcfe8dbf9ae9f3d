using ClusterPulse.SystemTests.Support;
using Xunit;

namespace ClusterPulse.SystemTests.Demo;

/// <summary>The demo, streamed in once and serving, for all tests that only look.</summary>
public sealed class RunningDemo : IAsyncLifetime
{
    /// <summary>What the tests look at: the other cases would double the time and show nothing new about them.</summary>
    internal const string Cases = "suzhou,wenzhou";

    private readonly TempFolder _folder = new();

    internal GatewayProcess Gateway { get; private set; } = null!;

    internal string Folder => _folder.Path;

    public async ValueTask InitializeAsync()
    {
        Gateway = GatewayProcess.Start(_folder.Path, "--demo", "--demo-cases", Cases);
        await Gateway.WhenPrintedAsync("Open next");
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Shares the demo.</summary>
[CollectionDefinition(Name)]
public sealed class DemoCollection : ICollectionFixture<RunningDemo>
{
    public const string Name = "demo";
}
