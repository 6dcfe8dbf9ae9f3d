using ClusterPulse.Reference;
using ClusterPulse.SystemTests.Support;
using Xunit;

namespace ClusterPulse.SystemTests.Api;

/// <summary>One program for all tests of its interface, none of which stops it: each has a bureau, a firm and a prefecture of its own.</summary>
public sealed class RunningGateway : IAsyncLifetime
{
    public const string AsOf = "2004-12-31";

    private readonly TempFolder _folder = new();
    private readonly Queue<Region> _counties = new(ReferenceData.Load().Regions.Nations[0].Children
        .SelectMany(p => p.Children).Where(p => p.Locality == p.Code && p.Children.Count > 1).Select(p => p.Children[1]));

    internal GatewayProcess Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await GatewayProcess.StartHealthyAsync(_folder.Path, "--as-of", AsOf);

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Ground where no other test has been.</summary>
    internal OwnGround NextGround() => new(_counties.Dequeue());
}

/// <summary>Shares the program.</summary>
[CollectionDefinition(Name)]
public sealed class GatewayCollection : ICollectionFixture<RunningGateway>
{
    public const string Name = "gateway";
}
