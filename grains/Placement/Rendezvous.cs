using System.IO.Hashing;
using System.Text;
using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace ClusterPulse.Placement;

/// <summary>Highest-random-weight hashing: gateways and silos agree on an enterprise's silo without talking, and a silo that
/// leaves moves only its own enterprises.</summary>
public static class Rendezvous
{
    /// <summary>The silo of a key.</summary>
    /// <exception cref="ArgumentException">There is no silo.</exception>
    public static SiloAddress Pick(string key, IReadOnlyList<SiloAddress> silos)
    {
        if (silos.Count == 0)
            throw new ArgumentException("there is no active silo", nameof(silos));
        if (silos.Count == 1)
            return silos[0];
        var keyHash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(key));
        var best = silos[0];
        var bestWeight = 0UL;
        foreach (var silo in silos)
        {
            var weight = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(silo.ToParsableString()), (long)keyHash);
            if (weight >= bestWeight)
                (best, bestWeight) = (silo, weight);
        }
        return best;
    }
}

/// <summary>Places a grain by <see cref="Rendezvous"/> over the active silos.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RendezvousPlacementAttribute() : PlacementAttribute(new RendezvousPlacement());

/// <summary>See <see cref="RendezvousPlacementAttribute"/>.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.RendezvousPlacement")]
public sealed class RendezvousPlacement : PlacementStrategy;

/// <summary>See <see cref="RendezvousPlacementAttribute"/>.</summary>
public sealed class RendezvousPlacementDirector(SiloMap map) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        // A silo that drains gives its grains away and must not take them back.
        if (map.IsDraining && silos.Length > 1)
            silos = [.. silos.Where(s => !s.Equals(map.Self))];
        return Task.FromResult(Rendezvous.Pick(target.GrainIdentity.Key.ToString()!, silos));
    }
}

/// <summary>Places a grain on the silo whose address is its key.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SiloKeyedPlacementAttribute() : PlacementAttribute(new SiloKeyedPlacement());

/// <summary>See <see cref="SiloKeyedPlacementAttribute"/>.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.SiloKeyedPlacement")]
public sealed class SiloKeyedPlacement : PlacementStrategy;

/// <summary>See <see cref="SiloKeyedPlacementAttribute"/>.</summary>
public sealed class SiloKeyedPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var wanted = SiloAddress.FromParsableString(target.GrainIdentity.Key.ToString()!);
        var silos = context.GetCompatibleSilos(target);
        // A stale map names a silo that has left: any other serves, at the cost of a hop.
        return Task.FromResult(silos.Contains(wanted) ? wanted : Rendezvous.Pick(target.GrainIdentity.Key.ToString()!, silos));
    }
}
