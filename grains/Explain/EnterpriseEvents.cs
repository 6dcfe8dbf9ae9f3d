using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Explain;

/// <summary>What happened to an enterprise, read off its profiles.</summary>
/// <param name="enterprise">Whose profiles.</param>
/// <param name="isHere">Whether who has the profile is in the place.</param>
internal sealed class EnterpriseEvents(EnterpriseState enterprise, Func<Profile, bool> isHere)
{
    /// <summary>Events after the first month up to the second, as far as they concern the place.</summary>
    public IEnumerable<EnterpriseEvent> Between(Month since, Month until)
    {
        Profile? before = null;
        foreach (var profile in enterprise.Profiles)
        {
            if (profile.ValidFrom > since && profile.ValidFrom <= until)
            {
                foreach (var happened in Between(before, profile))
                    yield return happened;
            }
            before = profile;
        }
    }

    private IEnumerable<EnterpriseEvent> Between(Profile? before, Profile after)
    {
        var (was, isNow) = (before is not null && isHere(before), isHere(after));
        if (before is null or { Closed: true })
        {
            if (isNow && !after.Closed)
                yield return Event(before is null ? EnterpriseEventKind.Born : EnterpriseEventKind.Reopened, "", Where(after));
            yield break;
        }
        if (after.Closed)
        {
            if (was)
                yield return Event(EnterpriseEventKind.Closed, Where(before), "");
            yield break;
        }
        if (!was && !isNow)
            yield break;
        if (before.Region != after.Region || before.Estate != after.Estate)
        {
            var kind = was && isNow ? EnterpriseEventKind.MovedWithin : was ? EnterpriseEventKind.MovedOut : EnterpriseEventKind.MovedIn;
            yield return Event(kind, Where(before), Where(after));
        }
        if (before.Ownership != after.Ownership)
            yield return Event(EnterpriseEventKind.ChangedOwnership, before.Ownership.Word(), after.Ownership.Word());
        if (before.Industry != after.Industry)
            yield return Event(EnterpriseEventKind.Reclassified, before.Industry, after.Industry);

        EnterpriseEvent Event(EnterpriseEventKind what, string from, string to) => new(what, after.ValidFrom, from, to);

        // A move within a region is one between estates.
        string Where(Profile profile) => before is not null && before.Region == after.Region && before.Estate != after.Estate && profile.Estate is { } estate
            ? Places.Estate(estate)
            : Places.Region(profile.Region);
    }
}
