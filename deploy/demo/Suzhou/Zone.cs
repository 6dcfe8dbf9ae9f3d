using System.Collections.Immutable;
using ClusterPulse.Demo.Firms;
using ClusterPulse.V1;

namespace ClusterPulse.Demo.Suzhou;

/// <summary>A development zone and how many foreign-funded firms of which kind the demo puts there.</summary>
internal sealed record Zone(string Id, string Zh, string En, EstateRank Rank, string County, Place Place)
{
    /// <summary>Towns of its firms, by today's codes.</summary>
    public required ImmutableArray<string> Towns { get; init; }

    /// <summary>Active foreign-funded firms at the end.</summary>
    public required int Firms { get; init; }

    /// <summary>Those in division 39.</summary>
    public required int Electronics { get; init; }

    /// <summary>Those that buy locally at the end.</summary>
    public int Linked { get; init; }

    public required SourceMix Sources { get; init; }

    public Estate ToEstate() => new()
    {
        Name = $"estates/{Id}",
        Region = County,
        DisplayName = new BilingualName { Zh = Zh, En = En },
        ValidFrom = DemoFacts.FirstPeriod,
        Rank = Rank,
    };
}
