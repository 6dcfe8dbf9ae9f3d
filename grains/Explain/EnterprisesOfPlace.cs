using System.ComponentModel.DataAnnotations;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Reference;
using Microsoft.Extensions.Options;

namespace ClusterPulse.Explain;

/// <summary>Bounds of explanations.</summary>
public sealed class ExplainOptions
{
    /// <summary>Enterprises of a place that an explanation takes apart, 1 to 100000. The cells of all of them are held while it lasts.</summary>
    [Range(1, 100_000)]
    public int MostEnterprises { get; set; } = 5_000;
}

/// <summary>The stored states of those who are, or were, in a place.</summary>
public sealed class EnterprisesOfPlace(IFactStore store, ReferenceData reference, IOptions<ExplainOptions> options)
{
    /// <summary>Enterprises whose reports are held at a time.</summary>
    private const int Chunk = 250;

    /// <summary>Visits everybody who was in a place in one of the months at least, in the order of their ids.</summary>
    /// <param name="place">Region or estate.</param>
    /// <param name="since">First month.</param>
    /// <param name="until">Last month.</param>
    /// <param name="visit">Called for each, on no thread in particular but one at a time.</param>
    /// <exception cref="TooManyEnterprisesException">There are more than <see cref="ExplainOptions.MostEnterprises"/>; nobody was visited.</exception>
    public async Task VisitAsync(string place, Month since, Month until, Action<EnterpriseState> visit)
    {
        var most = options.Value.MostEnterprises;
        var ids = await store.FindMembersAsync(Where(place), since, until, most + 1, CancellationToken.None);
        if (ids.Count > most)
            throw new TooManyEnterprisesException($"more than {most} enterprises were in {place}") { Most = most };
        foreach (var some in ids.Chunk(Chunk))
        {
            var states = await store.LoadEnterprisesAsync(some, CancellationToken.None);
            await Task.Run(() =>
            {
                foreach (var id in some)
                {
                    if (states.TryGetValue(id, out var state))
                        visit(state);
                }
            });
        }
    }

    private MemberPlaces Where(string place)
    {
        var code = Places.Code(place);
        if (Places.IsEstate(place))
            return new([], code);
        return reference.Regions.TryGet(code, out var region)
            ? new([.. Below(region).Select(r => r.Code)], null)
            : new([code], null);
    }

    private static IEnumerable<Region> Below(Region region) => region.Children.SelectMany(Below).Prepend(region);
}
