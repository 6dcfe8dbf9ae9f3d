using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Reference;
using Microsoft.AspNetCore.Http;

namespace ClusterPulse.Access;

/// <summary>Who calls, and what of the country is his.</summary>
public sealed record Caller
{
    /// <summary>Id of the principal, for logs and the audit trail.</summary>
    public required string Id { get; init; }

    public required Roles Roles { get; init; }

    /// <summary>The bureau that he sends for; null where he is none.</summary>
    public string? Bureau { get; init; }

    /// <summary>All regions of all countries are his.</summary>
    public bool Everywhere { get; init; }

    /// <summary>Roots of the parts of the tree that are his.</summary>
    public ImmutableArray<Region> Divisions { get; init; } = [];

    /// <summary>Feeds that he may send; null: all.</summary>
    public ImmutableArray<Feed>? Feeds { get; init; }

    public SightLevel Level { get; init; }

    /// <summary>Whoever calls where everything is open, and so has not said who he is.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Whoever calls where everything is open: may do all, in every bureau's name.</summary>
    public static Caller Trial { get; } = new()
    {
        Id = "local", Roles = Roles.Any, Everywhere = true, Level = SightLevel.Enterprise, IsTrial = true,
    };

    /// <summary>Whether a region is his, or lies in one that is.</summary>
    public bool Covers(Region region)
    {
        if (Everywhere)
            return true;
        foreach (var division in Divisions)
        {
            if (region.IsIn(division))
                return true;
        }
        return false;
    }

    /// <summary>Whether he may send for a bureau.</summary>
    public bool IsBureau(string bureau) => IsTrial || (Roles.HasFlag(Roles.Bureau) && Bureau == bureau);

    /// <summary>Whether he may send a feed.</summary>
    public bool MaySend(Feed feed) => Feeds is not { } feeds || feeds.Contains(feed);

    /// <summary>The divisions' codes, joined by commas, as they travel with rows; null: all.</summary>
    public string? DivisionCodes => Everywhere ? null : field ??= string.Join(',', Divisions.Select(d => d.Code));

    /// <summary>The divisions for messages and logs.</summary>
    public string DivisionWords => Everywhere ? AccessOptions.All : string.Join(", ", Divisions.Select(d => d.Code));
}

/// <summary>Where the caller of a request stands.</summary>
public static class CallerOfRequest
{
    /// <summary>Set once access has been decided.</summary>
    /// <exception cref="InvalidOperationException">It has not: the pipeline lacks the authorisation.</exception>
    public static Caller Caller(this HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("Access has not been decided for this request.");
}
