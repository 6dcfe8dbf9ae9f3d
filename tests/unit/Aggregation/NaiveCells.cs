using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>One figure: a stock as it stands in the month, or the month's own sum.</summary>
internal readonly record struct Reading(string Place, Measure Measure, string Industry, string Dimension, Month Month);

/// <summary>Reads every figure off the enterprises in the dumbest way that the definitions allow: month by month, enterprise by
/// enterprise, looking back as far as each definition says. Knows nothing of deltas, spans or prefix sums. Supplier
/// judgements are made here anew, from the suppliers' own profiles.</summary>
internal sealed class NaiveCells(IReadOnlyDictionary<string, EnterpriseState> enterprises, IGeography geography)
{
    private readonly Dictionary<Reading, long> _readings = [];

    public static Dictionary<Reading, long> Of(
        IReadOnlyDictionary<string, EnterpriseState> enterprises, IGeography geography, Month first, Month last)
    {
        var cells = new NaiveCells(enterprises, geography);
        for (var month = first; month <= last; month += 1)
        {
            foreach (var enterprise in enterprises.Values)
                cells.Read(enterprise, month);
        }
        return cells._readings.Where(r => r.Value != 0).ToDictionary();
    }

    private void Read(EnterpriseState enterprise, Month month)
    {
        if (ProfileIn(enterprise, month) is not { } profile)
            return;
        var foreignFunded = profile.Ownership is Ownership.Hmt or Ownership.Foreign;
        if (!profile.Closed)
            AddDivided(profile, Measure.Active, Measure.ActiveByClass, Kind(profile), month, 1);
        if (!profile.Closed && enterprise.Profiles.Where(p => !p.Closed).Min(p => p.ValidFrom) == month)
            Add(profile, Measure.Births, "", month, 1);
        if (profile.Closed && ProfileIn(enterprise, month - 1) is { Closed: false } last
            && enterprise.Profiles.All(p => p.Closed || p.ValidFrom < month))
        {
            Add(last, Measure.Deaths, "", month, 1);
        }
        foreach (var feed in new[] { Feed.Output, Feed.Export, Feed.Employment, Feed.Fdi, Feed.Linkage })
        {
            var word = feed.ToString().ToLowerInvariant();
            var expected = !profile.Closed && (foreignFunded || feed is Feed.Output or Feed.Export or Feed.Employment);
            var reported = ReportOf(enterprise, feed, month) is not null;
            if (reported && expected)
                Add(profile, Measure.Reported, word, month, 1);
            var value = ValueIn(enterprise, feed, month);
            if (reported && value is null)
            {
                foreach (var line in ReportOf(enterprise, feed, month)!)
                    Add(profile, Measure.Undistributed, $"{word}|{line.Currency}", month, line.Amount);
            }
            if (feed is Feed.Output or Feed.Export or Feed.Employment && IsSuspect(enterprise, feed, month))
                Add(profile, Measure.Suspect, word, month, 1);
            foreach (var line in value ?? [])
                ReadLine(enterprise, profile, feed, line, month);
            foreach (var lag in new[] { 1, 12 })
            {
                var then = ValueIn(enterprise, feed, month - lag);
                if (value is null || then is null)
                    continue;
                foreach (var line in value)
                    Add(profile, Measure.MatchedNow, $"{word}|{lag}|{line.Currency}", month, line.Amount);
                foreach (var line in then)
                    Add(profile, Measure.MatchedThen, $"{word}|{lag}|{line.Currency}", month, line.Amount);
                if (lag != 12)
                    continue;
                if (feed is Feed.Output or Feed.Export or Feed.Employment && (IsSuspect(enterprise, feed, month) || IsSuspect(enterprise, feed, month - 12)))
                {
                    foreach (var line in value)
                        Add(profile, Measure.SuspectNow, $"{word}|12|{line.Currency}", month, line.Amount);
                    foreach (var line in then)
                        Add(profile, Measure.SuspectThen, $"{word}|12|{line.Currency}", month, line.Amount);
                }
                if (feed != Feed.Output)
                    continue;
                foreach (var line in value)
                    Add(profile, Measure.OutputMatchedNow, $"{Kind(profile)}|{line.Currency}", month, line.Amount);
                foreach (var line in then)
                    Add(profile, Measure.OutputMatchedThen, $"{Kind(profile)}|{line.Currency}", month, line.Amount);
            }
            foreach (var lag in new[] { 1, 2, 3 })
            {
                foreach (var line in ValueIn(enterprise, feed, month - lag) ?? [])
                {
                    if (expected)
                        Add(profile, Measure.PriorExpected, $"{word}|{lag}|{line.Currency}", month, line.Amount);
                    if (expected && reported)
                        Add(profile, Measure.PriorReported, $"{word}|{lag}|{line.Currency}", month, line.Amount);
                }
            }
        }
        if (!profile.Closed && foreignFunded)
            ReadLinks(enterprise, profile, month);
        if (!profile.Closed)
            ReadNetwork(enterprise, profile, month);
        if (ProfileIn(enterprise, month - 12) is { } yearAgo)
            Add(yearAgo, Measure.LinkSurvived, "", month, SuppliersIn(enterprise, month - 12).Keys.Intersect(SuppliersIn(enterprise, month).Keys).Count());
    }

    private void ReadLine(EnterpriseState enterprise, Profile profile, Feed feed, ReportLine line, Month month)
    {
        switch (feed)
        {
            case Feed.Output:
                AddDivided(profile, Measure.Output, Measure.OutputByClass, $"{Kind(profile)}|{line.Currency}", month, line.Amount);
                AddByEnterprise(profile, $"{enterprise.Id}|{line.Currency}", month, line.Amount);
                break;
            case Feed.Export:
                AddDivided(profile, Measure.Export, Measure.ExportByClass, $"{Kind(profile)}|{line.Currency}", month, line.Amount);
                break;
            case Feed.Employment:
                AddDivided(profile, Measure.Employment, Measure.EmploymentByClass, Kind(profile), month, line.Amount);
                Add(profile, Measure.SizeCount, line.Amount < 500 ? "small" : "large", month, 1);
                Add(profile, Measure.SizeEmployment, line.Amount < 500 ? "small" : "large", month, line.Amount);
                Add(profile, Measure.EmploymentSquare, "high", month, line.Amount * line.Amount / 4_294_967_296, Division(profile));
                Add(profile, Measure.EmploymentSquare, "low", month, line.Amount * line.Amount % 4_294_967_296, Division(profile));
                break;
            case Feed.Fdi:
                Add(profile, Measure.Fdi, $"{line.Fdi!.Source}|{line.Currency}", month, line.Amount);
                Add(profile, Measure.FdiByIndustry, $"{line.Fdi.Source}|{line.Currency}", month, line.Amount, profile.Industry);
                Add(profile, Measure.FdiUltimate, $"{line.Fdi.UltimateSource}|{line.Currency}", month, line.Amount);
                Add(profile, Measure.FdiInvestor, $"{line.Fdi.Investor}|{line.Currency}", month, line.Amount);
                break;
            case Feed.Linkage when profile.Ownership is Ownership.Hmt or Ownership.Foreign:
                var local = LocalSupplier(line, profile, month) is not null;
                Add(profile, Measure.Purchases, $"{(local ? "local" : "other")}|{line.Currency}", month, line.Amount);
                Add(profile, Measure.PurchasesByIndustry, $"{(local ? "local" : "other")}|{line.Currency}", month, line.Amount, profile.Industry);
                break;
        }
    }

    private void ReadLinks(EnterpriseState buyer, Profile profile, Month month)
    {
        var suppliers = SuppliersIn(buyer, month);
        if (suppliers.Count == 0)
            return;
        Add(profile, Measure.Linked, "", month, 1);
        Add(profile, Measure.LinkedByIndustry, "", month, 1, profile.Industry);
        if (profile.Estate is { } estate)
            AddAt(Places.Region(geography.EstateRegion(estate)!), new("", Measure.EstateLinked, "", estate, month), 1);
        foreach (var (supplier, region) in suppliers)
        {
            Add(profile, Measure.SupplierReached, supplier, month, 1);
            AddAt(Places.Region(region), new("", Measure.LinkedSupplier, "", supplier, month), 1);
        }
    }

    /// <summary>For each region that the buyer is in: whom it buys from there.</summary>
    private void ReadNetwork(EnterpriseState buyer, Profile profile, Month month)
    {
        var suppliers = new Dictionary<string, string>();
        for (var bought = month - 11; bought <= month; bought += 1)
        {
            foreach (var line in ReportOf(buyer, Feed.Linkage, bought) ?? [])
            {
                if (line.Amount > 0 && line.Supplier is { Kind: SupplierKind.Enterprise } named && named.Id != buyer.Id
                    && enterprises.TryGetValue(named.Id, out var supplier) && ProfileIn(supplier, bought) is { Closed: false } then)
                {
                    suppliers[named.Id] = then.Region;
                }
            }
        }
        foreach (var place in geography.Path(Places.Region(profile.Region)).Distinct())
        {
            var inside = suppliers.Where(s => geography.Path(Places.Region(s.Value)).Contains(place)).Select(s => s.Key).ToList();
            if (inside.Count == 0)
                continue;
            Here(Measure.NetworkLink, "", inside.Count);
            Here(Measure.NetworkBuyer, "", 1);
            if (geography.Locality(Places.Code(place)) is not null)
                Here(Measure.BuyerSuppliers, buyer.Id, inside.Count);
            foreach (var supplier in geography.Locality(Places.Code(place)) is null ? [] : inside)
                Here(Measure.NetworkPair, string.Join('~', new[] { buyer.Id, supplier }.Order(StringComparer.Ordinal)), 1);

            void Here(Measure measure, string dimension, long amount)
            {
                var key = new Reading(place, measure, "", dimension, month);
                _readings[key] = _readings.GetValueOrDefault(key) + amount;
            }
        }
    }

    /// <summary>Local suppliers of the twelve months, with the region where the newest purchase found them.</summary>
    private Dictionary<string, string> SuppliersIn(EnterpriseState buyer, Month month)
    {
        var suppliers = new Dictionary<string, string>();
        if (ProfileIn(buyer, month) is not { Closed: false, Ownership: Ownership.Hmt or Ownership.Foreign } profile)
            return suppliers;
        for (var bought = month - 11; bought <= month; bought += 1)
        {
            if (ProfileIn(buyer, bought) is not { } then || geography.Locality(then.Region) != geography.Locality(profile.Region))
                continue;
            foreach (var line in ReportOf(buyer, Feed.Linkage, bought) ?? [])
            {
                if (line.Amount > 0 && LocalSupplier(line, then, bought) is { } supplier)
                    suppliers[line.Supplier!.Id] = supplier.Region;
            }
        }
        return suppliers;
    }

    /// <summary>The supplier's profile, if it was registered, open, domestic and in the buyer's locality.</summary>
    private Profile? LocalSupplier(ReportLine line, Profile buyer, Month month) =>
        line.Supplier is { Kind: SupplierKind.Enterprise } named && enterprises.TryGetValue(named.Id, out var supplier)
        && ProfileIn(supplier, month) is { Closed: false } profile
        && profile.Ownership is not (Ownership.Hmt or Ownership.Foreign)
        && geography.Locality(profile.Region) == geography.Locality(buyer.Region)
            ? profile
            : null;

    /// <summary>Of the month alone; null where that cannot be told.</summary>
    private static List<ReportLine>? ValueIn(EnterpriseState enterprise, Feed feed, Month month)
    {
        if (ReportOf(enterprise, feed, month) is not { } said)
            return null;
        if (enterprise.Reports[new(feed, month)].Content.Basis == Basis.Month)
            return said;
        var value = said;
        for (var before = month - 1; before.Year == month.Year; before -= 1)
        {
            if (ReportOf(enterprise, feed, before) is not { } earlier)
            {
                if (before.Number == 1)
                    break;
                return null;
            }
            value.AddRange(earlier.Select(l => l with { Amount = -l.Amount }));
            if (enterprise.Reports[new(feed, before)].Content.Basis == Basis.YearToDate)
                break;
        }
        return value;
    }

    /// <summary>Odd by any of the rules, and not a revision that says why.</summary>
    private static bool IsSuspect(EnterpriseState enterprise, Feed feed, Month month)
    {
        if (OneCurrency(ValueIn(enterprise, feed, month)) is not { } now)
            return false;
        if (enterprise.Reports[new(feed, month)] is { Revision: >= 2, Content.Note.Length: > 0 })
            return false;
        var near = new[] { 1, 2, 3 }.Select(k => ValueIn(enterprise, feed, month - k)).FirstOrDefault(v => v is not null);
        var before = Ratio(now, OneCurrency(near));
        var yearAgo = Ratio(now, OneCurrency(ValueIn(enterprise, feed, month - 12)));
        var large = Math.Max(now.Amount, OneCurrency(near)?.Amount ?? 0) >= (feed == Feed.Employment ? 100 : 10_000_000);
        return before is >= 300 or <= 1m / 300
            || (large && ((before >= 10 && yearAgo >= 10) || (before <= 0.1m && yearAgo <= 0.1m)))
            || (feed == Feed.Export && OneCurrency(ValueIn(enterprise, Feed.Output, month)) is { } made
                && made.Currency == now.Currency && now.Amount > made.Amount);

        static (string Currency, long Amount)? OneCurrency(List<ReportLine>? lines) =>
            lines?.GroupBy(l => l.Currency).ToList() is [var only] ? (only.Key, only.Sum(l => l.Amount)) : null;

        static decimal? Ratio((string Currency, long Amount) now, (string Currency, long Amount)? then) =>
            now.Amount > 0 && then is { Amount: > 0 } && then.Value.Currency == now.Currency ? (decimal)now.Amount / then.Value.Amount : null;
    }

    private static List<ReportLine>? ReportOf(EnterpriseState enterprise, Feed feed, Month month) =>
        enterprise.Reports.TryGetValue(new(feed, month), out var report) && !report.Withdrawn ? [.. report.Content.Lines] : null;

    private static Profile? ProfileIn(EnterpriseState enterprise, Month month) =>
        enterprise.Profiles.Where(p => p.ValidFrom <= month).MaxBy(p => p.ValidFrom);

    private static string Kind(Profile profile)
    {
        var word = profile.Ownership == Ownership.OtherDomestic ? "other_domestic" : profile.Ownership.ToString().ToLowerInvariant();
        return profile.HiTech ? word + "+" : word;
    }

    private static string Division(Profile profile) =>
        profile.Industry.StartsWith("NACE", StringComparison.Ordinal) ? profile.Industry[..6] : profile.Industry[..2];

    /// <summary>In the estate, and in each region that is in one locality.</summary>
    private void AddByEnterprise(Profile profile, string dimension, Month month, long amount)
    {
        var places = geography.Path(Places.Region(profile.Region)).Where(p => geography.Locality(Places.Code(p)) is not null);
        foreach (var place in profile.Estate is { } estate ? places.Append(Places.Estate(estate)) : places)
        {
            var key = new Reading(place, Measure.EnterpriseOutput, "", dimension, month);
            _readings[key] = _readings.GetValueOrDefault(key) + amount;
        }
    }

    private void AddDivided(Profile profile, Measure measure, Measure byClass, string dimension, Month month, long amount)
    {
        Add(profile, measure, dimension, month, amount);
        Add(profile, measure, dimension, month, amount, Division(profile));
        if (profile.Industry != Division(profile))
            Add(profile, byClass, dimension, month, amount, profile.Industry);
    }

    private void Add(Profile profile, Measure measure, string dimension, Month month, long amount, string industry = "")
    {
        AddAt(Places.Region(profile.Region), new("", measure, industry, dimension, month), amount);
        if (profile.Estate is { } estate)
            AddAt(Places.Estate(estate), new("", measure, industry, dimension, month), amount);
    }

    private void AddAt(string leaf, Reading reading, long amount)
    {
        foreach (var place in geography.Path(leaf))
        {
            var key = reading with { Place = place };
            _readings[key] = _readings.GetValueOrDefault(key) + amount;
        }
    }
}
