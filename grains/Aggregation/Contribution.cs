using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Reference;

namespace ClusterPulse.Aggregation;

/// <summary>
/// What one enterprise adds to cells: the one pure function that live deltas and rebuilds both go through. A delta is the
/// contribution after a change minus the one before, taken over the part of it that the change can touch.
/// </summary>
/// <param name="state">The enterprise.</param>
/// <param name="geography">Localities and estates.</param>
/// <param name="sign">+1 to add, −1 to take away.</param>
/// <param name="into">Where the amounts go.</param>
public ref struct Contribution(EnterpriseState state, IGeography geography, int sign, List<CellDelta> into)
{
    /// <summary>Lags, in months, over which the comparable basis of growth is kept.</summary>
    private static ReadOnlySpan<int> GrowthLags => [1, 12];

    /// <summary>Lags over which coverage by value looks back for the last complete month.</summary>
    private static ReadOnlySpan<int> CoverageLags => [1, 2, 3];

    /// <summary>All lags: how much later a month's report still changes cells.</summary>
    private static ReadOnlySpan<int> Lags => [1, 2, 3, 12];

    private const int MonthsOfYear = 12;

    // Where the last profile counts: nearly always the next one's place too, and its names need not be joined again.
    private Profile? _spread;
    private string _region = "";
    private string? _estate;

    /// <summary>Everything.</summary>
    public void All()
    {
        Stocks();
        foreach (var feed in VocabularyWords.Feeds)
        {
            foreach (var period in TouchedBy(state, feed))
                FeedMonth(feed, period, lag: null);
        }
        foreach (var key in state.Reports.Keys)
        {
            Suspect(key.Feed, key.Period);
            SuspectChange(key.Feed, key.Period);
        }
        Linkages();
        Network();
    }

    /// <summary>Everything that a change of the given report can touch, before or after it.</summary>
    public void OfReport(ReportKey key, EnterpriseState other)
    {
        // Year-to-date figures couple the months of a year: those after the report may change with it.
        var coupled = MonthValues.YearIsCumulative(state, key) || MonthValues.YearIsCumulative(other, key);
        var last = coupled ? new Month(key.Period.Year, MonthsOfYear) : key.Period;
        for (var p = key.Period; p <= last; p += 1)
        {
            FeedMonth(key.Feed, p, lag: null);
            foreach (var lag in Lags)
            {
                if (p + lag > last)
                    FeedMonth(key.Feed, p + lag, lag);
            }
        }
        Suspects(key.Feed, key.Period, last);
        if (key.Feed == Feed.Linkage)
        {
            Linkages();
            Network();
        }
    }

    /// <summary>Its membership, by which anti-entropy tells a commit that was lost or counted twice.</summary>
    public void Member()
    {
        if (state.Profiles.IsEmpty || state.Version == 0)
            return;
        var sums = MemberSums.Of(state.Id, state.Version);
        var newest = state.Profiles[^1];
        Spread(newest, Dimensions.MembersCell, sums.Members);
        Spread(newest, Dimensions.HighCell, sums.High);
        Spread(newest, Dimensions.LowCell, sums.Low);
    }

    private static SortedSet<Month> TouchedBy(EnterpriseState state, Feed feed)
    {
        var months = new SortedSet<Month>();
        foreach (var key in state.Reports.Keys)
        {
            if (key.Feed != feed)
                continue;
            months.Add(key.Period);
            foreach (var lag in Lags)
                months.Add(key.Period + lag);
        }
        return months;
    }

    private void Stocks()
    {
        Profile? before = null;
        var last = -1;
        for (var i = 0; i < state.Profiles.Length; i++)
        {
            var profile = state.Profiles[i];
            if (before is { Closed: false })
                Active(before, profile.ValidFrom, -1);
            before = profile;
            if (profile.Closed)
                continue;
            Active(profile, profile.ValidFrom, 1);
            if (last < 0)
                Spread(profile, new(Measure.Births, "", profile.ValidFrom), 1);
            last = i;
        }
        // One that opens again has not died meanwhile.
        if (last >= 0 && last + 1 < state.Profiles.Length)
            Spread(state.Profiles[last], new(Measure.Deaths, "", state.Profiles[last + 1].ValidFrom), 1);
    }

    private void Active(Profile profile, Month from, int amount)
    {
        var kind = Dimensions.Kind(profile.Ownership, profile.HiTech);
        Spread(profile, new(Measure.Active, kind, from), amount);
        Spread(profile, new(Measure.Active, Division(profile), kind, from), amount);
        if (IsFine(profile))
            Spread(profile, new(Measure.ActiveByClass, profile.Industry, kind, from), amount);
    }

    /// <summary>A month's cells: all of them, or those alone that look back by one lag.</summary>
    private void FeedMonth(Feed feed, Month period, int? lag)
    {
        if (state.ProfileAt(period) is not { } profile)
            return;
        var report = state.ReportAt(feed, period);
        var expected = !profile.Closed && profile.Ownership.IsObliged(feed);
        if (report is null && !expected)
            return;
        var now = report is null ? default : MonthValues.Of(state, feed, period);
        if (report is not null && lag is null)
        {
            if (expected)
                Spread(profile, new(Measure.Reported, feed.Word(), period), 1);
            if (now.IsDefault)
                Undistributed(profile, feed, period, report);
            else
                Values(profile, feed, period, now);
        }
        foreach (var back in Lags)
        {
            if (lag is not null && back != lag)
                continue;
            var then = MonthValues.Of(state, feed, period - back);
            if (then.IsDefault)
                continue;
            if (!now.IsDefault && GrowthLags.Contains(back))
            {
                Lagged(profile, Measure.MatchedNow, feed, back, period, now);
                Lagged(profile, Measure.MatchedThen, feed, back, period, then);
                if (feed == Feed.Output && back == MonthsOfYear)
                {
                    ByKind(profile, Measure.OutputMatchedNow, period, now);
                    ByKind(profile, Measure.OutputMatchedThen, period, then);
                }
            }
            if (expected && CoverageLags.Contains(back))
            {
                Lagged(profile, Measure.PriorExpected, feed, back, period, then);
                if (report is not null)
                    Lagged(profile, Measure.PriorReported, feed, back, period, then);
            }
        }
    }

    /// <summary>Months that are judged by these: themselves, those that look back to them, and exports by output; and changes of a year
    /// that begin or end with one of them.</summary>
    private void Suspects(Feed feed, Month first, Month last)
    {
        if (!SoftChecks.Applies(feed))
            return;
        var near = last + SoftChecks.LookBack;
        for (var p = first; p <= last + (2 * MonthsOfYear); p += 1)
        {
            var judged = IsJudged(p);
            if (judged)
                Suspect(feed, p);
            if (judged || IsJudged(p - MonthsOfYear))
                SuspectChange(feed, p);
        }
        for (var p = first; feed == Feed.Output && p <= last; p += 1)
            Suspect(Feed.Export, p);
        for (var p = first; feed == Feed.Output && p <= last + MonthsOfYear; p += 1)
        {
            if (p <= last || p >= first + MonthsOfYear)
                SuspectChange(Feed.Export, p);
        }

        bool IsJudged(Month p) => (p >= first && p <= near) || (p >= first + MonthsOfYear && p <= last + MonthsOfYear);
    }

    private void Suspect(Feed feed, Month period)
    {
        if (SoftChecks.Open(state, feed, period) is not null && state.ProfileAt(period) is { } profile)
            Spread(profile, new(Measure.Suspect, feed.Word(), period), 1);
    }

    /// <summary>What is compared with the year before though one of the two reports is suspect.</summary>
    private void SuspectChange(Feed feed, Month period)
    {
        var then = MonthValues.Of(state, feed, period - MonthsOfYear);
        if (then.IsDefault || state.ProfileAt(period) is not { } profile)
            return;
        var now = MonthValues.Of(state, feed, period);
        if (now.IsDefault || (SoftChecks.Open(state, feed, period) is null && SoftChecks.Open(state, feed, period - MonthsOfYear) is null))
            return;
        Lagged(profile, Measure.SuspectNow, feed, MonthsOfYear, period, now);
        Lagged(profile, Measure.SuspectThen, feed, MonthsOfYear, period, then);
    }

    private void Values(Profile profile, Feed feed, Month period, ImmutableArray<ReportLine> lines)
    {
        foreach (var line in lines)
        {
            switch (feed)
            {
                case Feed.Output:
                    Divided(profile, Measure.Output, Measure.OutputByClass, Dimensions.Kind(profile.Ownership, profile.HiTech, line.Currency), period, line.Amount);
                    Spread(profile, new(Measure.EnterpriseOutput, Dimensions.Join(state.Id, line.Currency), period), line.Amount);
                    break;
                case Feed.Export:
                    Divided(profile, Measure.Export, Measure.ExportByClass, Dimensions.Kind(profile.Ownership, profile.HiTech, line.Currency), period, line.Amount);
                    break;
                case Feed.Employment:
                    Divided(profile, Measure.Employment, Measure.EmploymentByClass, Dimensions.Kind(profile.Ownership, profile.HiTech), period, line.Amount);
                    var size = line.Amount < Indicators.SmallEnterprise.Employed ? Dimensions.Small : Dimensions.Large;
                    Spread(profile, new(Measure.SizeCount, size, period), 1);
                    Spread(profile, new(Measure.SizeEmployment, size, period), line.Amount);
                    Squared(profile, period, line.Amount);
                    break;
                case Feed.Fdi:
                    var source = Dimensions.Join(line.Fdi!.Source, line.Currency);
                    Spread(profile, new(Measure.Fdi, source, period), line.Amount);
                    Spread(profile, new(Measure.FdiByIndustry, profile.Industry, source, period), line.Amount);
                    Spread(profile, new(Measure.FdiUltimate, Dimensions.Join(line.Fdi.UltimateSource, line.Currency), period), line.Amount);
                    Spread(profile, new(Measure.FdiInvestor, Dimensions.Join(line.Fdi.Investor ?? "", line.Currency), period), line.Amount);
                    break;
                case Feed.Linkage when profile.Ownership.IsForeignFunded():
                    var where = Dimensions.Purchases(IsLocal(line.Supplier!, profile), line.Currency);
                    Spread(profile, new(Measure.Purchases, where, period), line.Amount);
                    Spread(profile, new(Measure.PurchasesByIndustry, profile.Industry, where, period), line.Amount);
                    break;
            }
        }
    }

    /// <summary>The square of the persons. In two halves, so that sums of a nation's enterprises stay far from overflow.</summary>
    private void Squared(Profile profile, Month period, long persons)
    {
        var square = checked(persons * persons);
        Spread(profile, new(Measure.EmploymentSquare, Division(profile), Dimensions.High, period), square >> 32);
        Spread(profile, new(Measure.EmploymentSquare, Division(profile), Dimensions.Low, period), square & uint.MaxValue);
    }

    private void Undistributed(Profile profile, Feed feed, Month period, StoredReport report)
    {
        foreach (var line in report.Content.Lines)
            Spread(profile, new(Measure.Undistributed, Dimensions.Join(feed.Word(), line.Currency), period), line.Amount);
    }

    private void Lagged(Profile profile, Measure measure, Feed feed, int lag, Month period, ImmutableArray<ReportLine> lines)
    {
        foreach (var line in lines)
            Spread(profile, new(measure, Dimensions.Lag(feed, lag, line.Currency), period), line.Amount);
    }

    private void ByKind(Profile profile, Measure measure, Month period, ImmutableArray<ReportLine> lines)
    {
        foreach (var line in lines)
            Spread(profile, new(measure, Dimensions.Kind(profile.Ownership, profile.HiTech, line.Currency), period), line.Amount);
    }

    /// <summary>Stocks that follow from local purchases: each lasts twelve months, while the buyer is active, foreign-funded and
    /// in the locality where it bought.</summary>
    private void Linkages()
    {
        var spans = LinkSpans.Of(state, geography);
        foreach (var span in LinkSpans.Survived(spans))
            Both(span.Buyer, new(Measure.LinkSurvived, "", span.From), new(Measure.LinkSurvived, "", span.To + 1));
        foreach (var span in spans)
        {
            if (span.Supplier is null)
            {
                Both(span.Buyer, new(Measure.Linked, "", span.From), new(Measure.Linked, "", span.To + 1));
                var industry = span.Buyer.Industry;
                Both(span.Buyer, new(Measure.LinkedByIndustry, industry, "", span.From), new(Measure.LinkedByIndustry, industry, "", span.To + 1));
                if (span.Buyer.Estate is { } estate && geography.EstateRegion(estate) is { } region)
                {
                    Add(Places.Region(region), new(Measure.EstateLinked, estate, span.From), 1);
                    Add(Places.Region(region), new(Measure.EstateLinked, estate, span.To + 1), -1);
                }
                continue;
            }
            Both(span.Buyer, new(Measure.SupplierReached, span.Supplier, span.From), new(Measure.SupplierReached, span.Supplier, span.To + 1));
            Add(Places.Region(span.SupplierRegion!), new(Measure.LinkedSupplier, span.Supplier, span.From), 1);
            Add(Places.Region(span.SupplierRegion!), new(Measure.LinkedSupplier, span.Supplier, span.To + 1), -1);
        }
    }

    /// <summary>Links between enterprises of one region, whatever their ownership: they count from the lowest region up that holds
    /// both.</summary>
    private void Network()
    {
        foreach (var span in NetworkSpans.Of(state, geography))
        {
            Stock(span, span.Supplier is null ? Measure.NetworkBuyer : Measure.NetworkLink, "");
            if (span.Supplier is null || !geography.Adds(Measure.NetworkPair, span.Place))
                continue;
            Stock(span, Measure.NetworkPair, Dimensions.Pair(state.Id, span.Supplier));
            Stock(span, Measure.BuyerSuppliers, state.Id);
        }
    }

    private void Stock(in NetworkSpan span, Measure measure, string dimension)
    {
        Add(span.Place, new(measure, dimension, span.From), 1);
        Add(span.Place, new(measure, dimension, span.To + 1), -1);
    }

    private bool IsLocal(SupplierDetail supplier, Profile buyer) =>
        LinkSpans.IsLocal(supplier.Judgement, geography.Locality(buyer.Region));

    private void Both(Profile profile, in CellKey from, in CellKey to)
    {
        Spread(profile, from, 1);
        Spread(profile, to, -1);
    }

    /// <summary>In all industries, in its division, and, where the profile is finer, in its group or class.</summary>
    private void Divided(Profile profile, Measure measure, Measure byClass, string dimension, Month period, long amount)
    {
        Spread(profile, new(measure, dimension, period), amount);
        Spread(profile, new(measure, Division(profile), dimension, period), amount);
        if (IsFine(profile))
            Spread(profile, new(byClass, profile.Industry, dimension, period), amount);
    }

    private void Spread(Profile profile, in CellKey key, long amount)
    {
        if (!ReferenceEquals(_spread, profile))
            (_spread, _region, _estate) = (profile, Places.Region(profile.Region), profile.Estate is { } estate ? Places.Estate(estate) : null);
        Add(_region, key, amount);
        if (_estate is not null)
            Add(_estate, key, amount);
    }

    private void Add(string place, in CellKey key, long amount)
    {
        if (amount != 0)
            into.Add(new(place, key, amount * sign));
    }

    private static bool IsFine(Profile profile) => Division(profile).Length < profile.Industry.Length;

    private static string Division(Profile profile) => IndustryScheme.Division(profile.Industry);
}
