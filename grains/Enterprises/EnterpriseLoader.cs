using ClusterPulse.Facts;

namespace ClusterPulse.Enterprises;

/// <summary>A silo's way to the stored states of enterprises.</summary>
public sealed class EnterpriseLoader(IFactStore store)
{
    private readonly BatchLoader<EnterpriseState> _states = new(store.LoadEnterprisesAsync);

    /// <summary>The stored state; an unknown enterprise where there is none.</summary>
    public async Task<EnterpriseState> LoadAsync(string id) => await _states.LoadAsync(id) ?? EnterpriseState.Unknown(id);
}
