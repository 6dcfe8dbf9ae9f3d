using System.Globalization;
using System.Security.Cryptography;
using ClusterPulse.Demo;
using ClusterPulse.Reference;
using ClusterPulse.UnitTests.Reference;
using ClusterPulse.V1;
using Google.Protobuf;
using Xunit;

namespace ClusterPulse.UnitTests.Demo;

/// <summary>The generator itself: determinism, order, completeness, codes, bad rows.</summary>
public sealed class DemoWorldTests(Recount recount, LoadedReference reference) : IClassFixture<Recount>
{
    /// <summary>Of every message of Suzhou and Wenzhou, default seed. It changes only when their content is changed on purpose.</summary>
    private const string Fingerprint = "a70f42e12a3d972655605231cee8b259c22bdeea0f233241283dc1151992174a";

    /// <summary>The same of all cases.</summary>
    private const string FingerprintOfAll = "6207a5a52d2659c8ae66d4c2fec8a07b8280ddbc808c38c4781a205afb9219e4";

    [Fact]
    public void Same_seed_same_messages_another_seed_others()
    {
        Assert.Equal(Fingerprint, Hash(new DemoWorld(cases: DemoCases.Suzhou | DemoCases.Wenzhou)));
        var all = Hash(recount.World);
        Assert.True(all == FingerprintOfAll, all);
        Assert.Equal(FingerprintOfAll, Hash(new DemoWorld()));
        Assert.NotEqual(new DemoWorld(1).Reports("3303").First(), recount.World.Reports("3303").First());
    }

    [Fact]
    public void Suzhou_and_Dongguan_are_rivals_where_both_are_in_it()
    {
        var set = Assert.Single(new DemoWorld(cases: DemoCases.Suzhou | DemoCases.Dongguan).RivalSets);

        Assert.Equal(["regions/3205", "regions/4419"], set.Regions);
        Assert.Empty(new DemoWorld(cases: DemoCases.Suzhou | DemoCases.Wenzhou).RivalSets);
    }

    [Fact]
    public void Counts_agree_with_what_is_yielded()
    {
        Assert.Equal(recount.Messages, recount.World.Bureaus.Sum(b => recount.World.ReportCount(b.Bureau)));
        Assert.InRange(recount.Messages, 400_000, 480_000);
        foreach (var bureau in recount.World.Bureaus)
            Assert.Equal(recount.World.ReportCount(bureau.Bureau), recount.World.Reports(bureau.Bureau).LongCount());
    }

    [Fact]
    public void Every_expected_report_exists_but_a_few_of_the_last_month()
    {
        var expected = 0;
        // Dongguan is counted with its province.
        foreach (var bureau in recount.World.Bureaus.Where(b => b.Bureau != DemoFacts.Dongguan))
            foreach (var period in Recount.Window("2003-12").Concat(Recount.Window(DemoFacts.LastPeriod)))
            {
                List<Feed> missing = [];
                var active = recount.Active(bureau.Bureau, period).ToList();
                foreach (var enterprise in active)
                {
                    var last = Recount.IsForeignFunded(enterprise) ? Feed.Linkage : Feed.Employment;
                    for (var feed = Feed.Output; feed <= last; feed++, expected++)
                        if (!recount.Standing.ContainsKey((enterprise.Name, feed, period)))
                            missing.Add(feed);
                }
                Assert.DoesNotContain(missing, feed => feed is Feed.Fdi or Feed.Linkage);
                Assert.True(missing.Count == 0 || period == DemoFacts.LastPeriod, $"{bureau.Bureau} {period}: {missing.Count}");
                Assert.True(missing.Count <= active.Count * 3 * 0.01);
            }
        // Nothing beyond what is expected: no report before birth, after closing, or by a domestic firm on investment.
        // Italy's small firms say of their own accord from whom they buy.
        var unasked = recount.Standing.Keys.Where(k => k.Feed == Feed.Linkage && !Recount.IsForeignFunded(recount.ProfileAt(k.Enterprise, k.Period)!)).ToList();
        Assert.All(unasked, k => Assert.StartsWith("enterprises/piva-", k.Enterprise, StringComparison.Ordinal));
        Assert.InRange(expected - (recount.Standing.Count - unasked.Count), 1, 100);
    }

    [Fact]
    public void Messages_are_consistent()
    {
        foreach (var report in recount.Standing.Values)
        {
            Assert.Equal(report.Nil, report.BodyCase == Report.BodyOneofCase.None);
            Assert.Equal(Basis.Month, report.Basis);
            var currency = report.Enterprise.Contains("piva", StringComparison.Ordinal) ? "EUR" : "CNY";
            Assert.True(report.Output is null || (report.Output.Value.Currency == currency && report.Output.Value.MinorUnits > 0));
            Assert.True(report.Linkage is null || report.Linkage.Lines.All(l => l.Purchases.Currency == currency));
            Assert.True(report.Export is null || report.Export.Value.MinorUnits > 0);
            Assert.True(report.Linkage is null || report.Linkage.Lines.All(l => l.Purchases.MinorUnits > 0));
            Assert.True(report.Fdi is null || report.Fdi.Lines.All(l => l.Utilised.Currency == "USD"));
        }
        Assert.True(recount.Messages > recount.Standing.Count, "some reports are revised");
        var fdi = recount.Standing.Where(s => s.Key.Feed == Feed.Fdi).ToList();
        Assert.True(fdi.Count(s => s.Value.Nil) > fdi.Count * 0.8);
    }

    [Fact]
    public void Reports_come_by_sending_month_then_enterprise()
    {
        foreach (var bureau in recount.World.Bureaus)
        {
            var order = bureau.Enterprises.Select(e => e.Name).Distinct().Select((name, i) => (name, i)).ToDictionary();
            var (block, at) = (0, -1);
            foreach (var report in recount.World.Reports(bureau.Bureau))
            {
                var month = DateOnly.ParseExact(report.Period + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
                var number = (month.Year - 2003) * 12 + month.Month - 1;
                if (order[report.Enterprise] < at)
                    block++;
                at = order[report.Enterprise];
                Assert.InRange(block - number, 0, 2);
            }
            Assert.Equal(DemoFacts.Months - 1, block);
        }
    }

    [Fact]
    public void Things_happen_to_a_handful_of_enterprises()
    {
        var versions = recount.Profiles.Values.ToList();
        Assert.InRange(versions.Count(v => v[0].ValidFrom != DemoFacts.FirstPeriod), 8, 25);
        Assert.InRange(versions.Count(v => v[^1].Closed), 8, 25);
        Assert.Equal(1, versions.Count(v => v.Select(p => p.Region[..6]).Distinct().Count() > 1));
        Assert.InRange(versions.Count(v => v.Count(p => !p.Closed) > 1), 15, 40);
        Assert.All(versions, v => Assert.Equal(v.OrderBy(p => p.ValidFrom, StringComparer.Ordinal), v));
    }

    [Fact]
    public void Every_code_has_its_check_characters_right_and_every_name_says_demo()
    {
        Assert.Equal(recount.Profiles.Count, recount.Profiles.Values.Select(v => v[0].DisplayName.Zh).Distinct().Count());
        foreach (var (name, versions) in recount.Profiles)
        {
            var (scheme, code) = (name[..16], name[17..]);
            Assert.True(scheme == "enterprises/piva"
                ? PartitaIva.Check(code) == PartitaIvaCheck.Valid
                : scheme == "enterprises/uscc" && CreditCode.Check(code) == CreditCodeCheck.Valid, name);
            Assert.EndsWith("（演示）", versions[0].DisplayName.Zh, StringComparison.Ordinal);
            Assert.EndsWith("(demo)", versions[0].DisplayName.En, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_region_industry_and_economy_is_in_the_code_tables()
    {
        var data = reference.Data;
        foreach (var profile in recount.Profiles.Values.SelectMany(v => v))
        {
            Assert.True(data.Regions.TryGet(profile.Region, out _), profile.Region);
            Assert.True(data.Industries.TryGet(profile.Industry, out _), profile.Industry);
            Assert.True(profile.InvestorEconomy.Length == 0 || data.Economies.TryGet(profile.InvestorEconomy, out _));
        }
        foreach (var estate in recount.World.Bureaus.SelectMany(b => b.Estates))
            Assert.True(data.Regions.TryGet(estate.Region, out _), estate.Region);
        foreach (var line in recount.Standing.Values.SelectMany(r => r.Linkage?.Lines ?? []))
        {
            Assert.True(line.Region.Length == 0 || data.Regions.TryGet(line.Region, out _), line.Region);
            Assert.True(line.SourceEconomy.Length == 0 || data.Economies.TryGet(line.SourceEconomy, out _), line.SourceEconomy);
        }
        foreach (var line in recount.Standing.Values.SelectMany(r => r.Fdi?.Lines ?? []))
            Assert.True(data.Economies.TryGet(line.SourceEconomy, out _), line.SourceEconomy);
    }

    [Fact]
    public void A_dozen_bad_rows_each_say_what_is_wrong()
    {
        var bad = recount.World.BadRows().ToList();
        Assert.Equal(12, bad.Count);
        Assert.Equal(12, bad.Select(r => r.Note).Distinct().Count());
        Assert.Equal(9, bad.Count(r => recount.Profiles.ContainsKey(r.Enterprise)));
        string[] codes = [.. bad.Where(r => !recount.Profiles.ContainsKey(r.Enterprise)).Select(r => r.Enterprise[17..])];
        Assert.Equal([CreditCodeCheck.Valid, CreditCodeCheck.BadForm, CreditCodeCheck.BadCheckCharacter],
            codes.Select(c => CreditCode.Check(c)));
        Assert.False(reference.Data.Currencies.TryGet(bad[0].Output.Value.Currency, out _));
        Assert.False(reference.Data.Economies.TryGet(bad[^1].Fdi.Lines[0].SourceEconomy, out _));
        var conflict = bad.Single(r => r.Note.StartsWith("same revision", StringComparison.Ordinal));
        var stored = recount.Standing[(conflict.Enterprise, conflict.Feed, conflict.Period)];
        Assert.Equal(stored.Revision, conflict.Revision);
        Assert.NotEqual(stored.Output, conflict.Output);
    }

    private static string Hash(DemoWorld world)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var bureau in world.Bureaus)
            foreach (var message in bureau.Estates.Concat<IMessage>(bureau.Enterprises).Concat(world.Reports(bureau.Bureau)))
                sha.AppendData(message.ToByteArray());
        foreach (var message in world.BadRows())
            sha.AppendData(message.ToByteArray());
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }
}
