using ClusterPulse.SystemTests.Support;
using Xunit;

namespace ClusterPulse.SystemTests.Demo;

/// <summary>The demo, streamed in once and serving, for all tests that only look.</summary>
public sealed class RunningDemo : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    internal GatewayProcess Gateway { get; private set; } = null!;

    internal string Folder => _folder.Path;

    public async ValueTask InitializeAsync()
    {
        Gateway = GatewayProcess.Start(_folder.Path, "--demo");
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
