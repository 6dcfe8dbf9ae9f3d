using System.Collections.Immutable;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Placement;
using ClusterPulse.Reference;
using Orleans.Concurrency;

namespace ClusterPulse.Registry;

/// <summary>Which enterprises, in the order of their ids.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.EnterpriseQuery")]
public sealed record EnterpriseQuery
{
    /// <summary>Code of the region that they are in, or below it; null: wherever.</summary>
    [Id(0)] public string? Region { get; init; }

    /// <summary>As they are in this month; null: the newest known.</summary>
    [Id(1)] public Month? Period { get; init; }

    /// <summary>Also those that are closed then.</summary>
    [Id(2)] public bool WithClosed { get; init; }

    /// <summary>A code, with all that begin with it; null: any.</summary>
    [Id(3)] public string? Industry { get; init; }

    [Id(4)] public Ownership? Ownership { get; init; }

    /// <summary>Go on after this id; empty: from the first.</summary>
    [Id(5)] public string After { get; init; } = "";

    [Id(6)] public int Limit { get; init; } = 1_000;
}

/// <summary>Lists enterprises. Its key is 0; any silo answers.</summary>
[Alias("ClusterPulse.IEnterpriseListGrain")]
public interface IEnterpriseListGrain : IGrainWithIntegerKey
{
    [Alias("List"), SafeToRepeat, ResponseTimeout("00:01:00")]
    Task<ImmutableArray<EnterpriseView>> ListAsync(EnterpriseQuery query);

    /// <summary>Some of those that are in an estate, and not closed, in a month or later.</summary>
    [Alias("ListMembers"), SafeToRepeat, ResponseTimeout("00:01:00")]
    Task<ImmutableArray<string>> ListMembersAsync(string estate, Month since, int limit);
}

/// <summary>See <see cref="IEnterpriseListGrain"/>.</summary>
[StatelessWorker]
[GrainType("enterprise-list")]
public sealed class EnterpriseListGrain(IFactStore store, ReferenceData reference) : Grain, IEnterpriseListGrain
{
    private static readonly Month Latest = new(9999, 12);

    public async Task<ImmutableArray<EnterpriseView>> ListAsync(EnterpriseQuery query) =>
        [.. await store.ListEnterprisesAsync(query, reference.Regions.CodesIn(query.Region), CancellationToken.None)];

    public async Task<ImmutableArray<string>> ListMembersAsync(string estate, Month since, int limit) =>
        [.. await store.FindMembersAsync(new([], estate), since, Latest, limit, CancellationToken.None)];
}
