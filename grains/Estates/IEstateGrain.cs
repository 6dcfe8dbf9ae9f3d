using ClusterPulse.Facts;
using ClusterPulse.Placement;
using ClusterPulse.Regions;

namespace ClusterPulse.Estates;

/// <summary>An industrial estate; its key is the id. A side view: it adds to nothing.</summary>
[Alias("ClusterPulse.IEstateGrain")]
public interface IEstateGrain : IPlaceGrain
{
    /// <summary>Registers the estate, or gives the one that is there.</summary>
    [Alias("Create"), SafeToRepeat]
    Task<Estate> CreateAsync(Estate estate);

    /// <summary>Puts the estate in the place of the version that it names; its region stays.</summary>
    /// <returns>Null where another version is stored, or none.</returns>
    [Alias("Update")]
    Task<Estate?> UpdateAsync(Estate estate);

    /// <summary>Null where it is not registered.</summary>
    [Alias("Get"), SafeToRepeat]
    Task<Estate?> GetAsync();
}
