using Microsoft.AspNetCore.Http;

namespace ClusterPulse.Access;

/// <summary>Who may reach an endpoint at all.</summary>
/// <param name="Roles">One of these; <see cref="Roles.None"/> with <paramref name="Public"/>.</param>
/// <param name="Public">Everybody, also without saying who he is.</param>
/// <param name="Everywhere">Only those whose divisions are all.</param>
/// <param name="RegionOfRoute">Name of the route's value that is a region's code, which must be the caller's.</param>
public readonly record struct EntryRight(Roles Roles, bool Public = false, bool Everywhere = false, string? RegionOfRoute = null);

/// <summary>A table of rights. An endpoint that no table knows is closed to everybody.</summary>
public interface IRightTable
{
    /// <summary>The right; null where this table does not know the endpoint.</summary>
    EntryRight? Find(Endpoint endpoint);
}
