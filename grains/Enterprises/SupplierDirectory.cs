using System.Collections.Concurrent;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Enterprises;

/// <summary>What a silo knows about suppliers, read from the store and never by calling their grains. It may be behind: the
/// commit compares the versions that lines were judged by.</summary>
public sealed class SupplierDirectory(IFactStore store, IGeography geography)
{
    private readonly BatchLoader<EnterpriseState> _profiles = new(store.LoadProfilesAsync);
    private readonly ConcurrentDictionary<string, EnterpriseState> _known = new(StringComparer.Ordinal);

    /// <summary>What an enterprise was in a month.</summary>
    public async ValueTask<SupplierJudgement> JudgeAsync(string supplier, Month period)
    {
        if (!_known.TryGetValue(supplier, out var state))
            _known[supplier] = state = await _profiles.LoadAsync(supplier) ?? EnterpriseState.Unknown(supplier);
        return Judge(state, period, geography.Locality);
    }

    /// <summary>What a known enterprise was in a month.</summary>
    /// <param name="state">The supplier.</param>
    /// <param name="period">The month of the purchase.</param>
    /// <param name="locality">The locality of a region.</param>
    public static SupplierJudgement Judge(EnterpriseState state, Month period, Func<string, string?> locality)
    {
        var profile = state.ProfileAt(period);
        return profile is null or { Closed: true }
            ? new() { ProfileVersion = state.ProfileVersion }
            : new()
            {
                ProfileVersion = state.ProfileVersion,
                Region = profile.Region,
                Locality = locality(profile.Region),
                Domestic = !profile.Ownership.IsForeignFunded(),
            };
    }

    /// <summary>Read it again next time.</summary>
    public void Forget(string supplier) => _known.TryRemove(supplier, out _);
}
