using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Reference;

namespace ClusterPulse.Access;

/// <summary>Makes callers of what configuration and tokens say of them. What is not said is not allowed.</summary>
public sealed class CallerFactory(ReferenceData reference)
{
    /// <summary>The caller; null where something is wrong, which <paramref name="wrong"/> says.</summary>
    public Caller? Create(PrincipalOptions principal, ICollection<string> wrong)
    {
        var before = wrong.Count;
        void Wrong(string field, string? value, string rule) =>
            wrong.Add($"Access:Principals '{principal.Id}': {field} is '{value}'. {rule}");

        if (string.IsNullOrEmpty(principal.Id))
            Wrong(nameof(principal.Id), "", "Every principal needs one.");
        if (principal.Roles == Roles.None || (principal.Roles & ~Roles.Any) != 0)
            Wrong(nameof(principal.Roles), principal.Roles.ToString(), "Name one or several of Bureau, Centre, Viewer, Operator, Scraper.");
        var isBureau = principal.Roles.HasFlag(Roles.Bureau);
        if (isBureau != !string.IsNullOrEmpty(principal.Bureau))
            Wrong(nameof(principal.Bureau), principal.Bureau, "A bureau, and nobody else, has the id of its bureau.");
        var everywhere = principal.Divisions.Contains(AccessOptions.All);
        var divisions = ImmutableArray.CreateBuilder<Region>();
        foreach (var code in principal.Divisions.Where(d => d != AccessOptions.All))
        {
            if (reference.Regions.TryGet(code, out var region))
                divisions.Add(region);
            else
                Wrong(nameof(principal.Divisions), code, "Name codes of regions, or * for all.");
        }
        if ((principal.Roles & (Roles.Bureau | Roles.Centre | Roles.Viewer)) != 0 && !everywhere && divisions.Count == 0 && wrong.Count == before)
            Wrong(nameof(principal.Divisions), "", "A bureau, a centre or a viewer needs at least one.");
        var feeds = ImmutableArray.CreateBuilder<Feed>();
        foreach (var word in principal.Feeds.Where(f => f != AccessOptions.All))
        {
            if (VocabularyWords.TryParseFeed(word, out var feed))
                feeds.Add(feed);
            else
                Wrong(nameof(principal.Feeds), word, "Name feeds (output, export, employment, fdi, linkage), or * for all.");
        }
        if (isBureau && principal.Feeds.Count == 0)
            Wrong(nameof(principal.Feeds), "", "A bureau needs at least one, or * for all.");
        if (!Enum.IsDefined(principal.Level))
            Wrong(nameof(principal.Level), principal.Level.ToString(), "It is Aggregate or Enterprise.");
        if (wrong.Count > before)
            return null;
        return new()
        {
            Id = principal.Id,
            Roles = principal.Roles,
            Bureau = isBureau ? principal.Bureau : null,
            Everywhere = everywhere,
            Divisions = divisions.ToImmutable(),
            Feeds = principal.Feeds.Contains(AccessOptions.All) ? null : feeds.ToImmutable(),
            Level = principal.Level,
        };
    }

    /// <summary>The caller that a token's claims describe; null where they describe none.</summary>
    /// <param name="id">Id of the principal.</param>
    /// <param name="claims">Values of a claim; one value may hold several words.</param>
    public Caller? Create(string id, Func<string, IEnumerable<string>> claims)
    {
        List<string> Words(string claim) => [.. claims(claim).SelectMany(v => v.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))];
        if (!TryParse<Roles>(Words("clusterpulse_role"), out var roles) || !TryParse<SightLevel>(Words("clusterpulse_level"), out var level))
            return null;
        var principal = new PrincipalOptions { Id = id, Roles = roles, Level = level, Bureau = Words("clusterpulse_bureau").FirstOrDefault() };
        foreach (var division in Words("clusterpulse_division"))
            principal.Divisions.Add(division);
        foreach (var feed in Words("clusterpulse_feed"))
            principal.Feeds.Add(feed);
        return Create(principal, []);
    }

    private static bool TryParse<T>(List<string> words, out T value)
        where T : struct, Enum
    {
        value = default;
        // Numbers are no words of a claim.
        return words.Count == 0
            || (words.TrueForAll(w => char.IsAsciiLetter(w[0])) && Enum.TryParse(string.Join(',', words), ignoreCase: true, out value));
    }
}
