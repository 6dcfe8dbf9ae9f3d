using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.SystemTests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static ClusterPulse.SystemTests.Support.Rows;

namespace ClusterPulse.SystemTests.Silo;

/// <summary>Rows of several bureaus about one enterprise, where the answers to them got lost.</summary>
public sealed class AsideRowsTests
{
    private const string Firm = "org-A";

    private static readonly DateOnly AsOf = new(2004, 12, 31);
    private static readonly ReportKey Key = new(Feed.Linkage, Month.Parse("2004-10"));

    [Fact]
    public async Task Rows_whose_answer_nobody_heard_change_nothing_when_they_come_again_after_a_restart()
    {
        using var folder = new TempFolder();
        IngestAnswer first;
        await using (var silo = await EmbeddedSilo.StartAsync(folder.Path, AsOf))
        {
            await silo.RegisterAsync((Firm, Profile("320583", Ownership.Private)), ("org-S", Profile("320505", Ownership.Private)));
            await SendAsync(silo, "3205", "3205", Bought(0, 200));
            first = await SendAsync(silo, "32", "32", Bought(0, 100), Bought(1, 110));
            Assert.Equal((2, 2), (first.Accepted, first.Warned));
        }
        await using (var silo = await EmbeddedSilo.StartAsync(folder.Path, AsOf))
        {
            var before = await HistoryAsync(silo);
            var version = await VersionAsync(silo);
            var again = await SendAsync(silo, "32", "32", Bought(0, 100), Bought(1, 110));

            Assert.Equal((2, 2, 0L), (again.Accepted, again.Warned, again.Sequence));
            Assert.Equal(before, await HistoryAsync(silo));
            Assert.Equal([("3205", 1, 200L, false), ("32", 1, 100, true), ("32", 2, 110, true)], before);
            Assert.Equal(version, await VersionAsync(silo));
            Assert.Equal(200, (await StateAsync(silo)).Reports[Key].Content.Lines[0].Amount);

            // Chosen by the centre, its lines are judged by what suppliers are now, and the same rows again are still the same rows.
            await silo.RegisterAsync(("org-S", Profile("320505", Ownership.Foreign)));
            var chosen = await silo.Grains.GetGrain<IEnterpriseGrain>(Firm).ChooseAsync(Key, new("32", "centre", "better"));
            Assert.Equal((2, new ReportOrigin("32", "s", 1)), (chosen!.Revision, chosen.Origin));
            var line = Assert.Single((await StateAsync(silo)).Reports[Key].Content.Lines);
            Assert.Equal((110, 2, false), (line.Amount, line.Supplier!.Judgement!.ProfileVersion, line.Supplier.Judgement.Domestic));
            await SendAsync(silo, "32", "32", Bought(0, 100), Bought(1, 110));
            Assert.Equal(2, (await StateAsync(silo)).Reports[Key].Revision);
            Assert.Equal(2, (await StateAsync(silo)).Asides.Length);
            var audit = await silo.Maintenance.AuditAsync(null);
            Assert.True(audit.Differences == 0, string.Join('\n', audit.Samples));
        }
    }

    [Fact]
    public async Task An_enterprise_that_has_moved_is_nearest_to_the_bureau_of_where_it_lay_in_the_reports_month()
    {
        using var folder = new TempFolder();
        await using var silo = await EmbeddedSilo.StartAsync(folder.Path, AsOf);
        await silo.RegisterAsync((Firm, Profile("320583", Ownership.Private)), (Firm, Profile("330302", Ownership.Private, from: "2004-11")));

        await SendAsync(silo, "any", null, Bought(0, 100));
        Assert.Equal("any", (await StateAsync(silo)).Reports[Key].Origin.Bureau);
        var elsewhere = await SendAsync(silo, "3303", "3303", Bought(0, 90));
        Assert.Equal(Reasons.NotYourDivision, Assert.Single(Assert.Single(elsewhere.Rows).Violations).Reason);
        Assert.Equal(1, (await SendAsync(silo, "3205", "3205", Bought(0, 200))).Revised);
        Assert.Equal(1, (await SendAsync(silo, "any", null, Bought(1, 120))).Warned);
        Assert.Equal(("3205", 3), ((await StateAsync(silo)).Reports[Key].Origin.Bureau, (await StateAsync(silo)).Reports[Key].Standing));
    }

    private static ReportRow Bought(long row, long amount) => Purchases(row, Firm, "2004-10", ("org-S", amount));

    private static async Task<IngestAnswer> SendAsync(EmbeddedSilo silo, string bureau, string? divisions, params IEnumerable<ReportRow> rows) =>
        await (await silo.PortAsync()).SubmitReportsAsync(new(bureau, "s", [.. rows.Select(r => r with { Divisions = divisions })]));

    private static async Task<EnterpriseState> StateAsync(EmbeddedSilo silo) =>
        (await Store(silo).LoadEnterprisesAsync([Firm], TestContext.Current.CancellationToken))[Firm];

    private static async Task<long> VersionAsync(EmbeddedSilo silo) => (await StateAsync(silo)).Version;

    private static async Task<IReadOnlyList<(string, int, long, bool)>> HistoryAsync(EmbeddedSilo silo) =>
    [
        .. (await Store(silo).ListReportsAsync(new() { Enterprise = Firm, AllRevisions = true }, TestContext.Current.CancellationToken))
            .Select(r => (r.Origin.Bureau, r.Revision, r.Content.Lines[0].Amount, r.SetAside)),
    ];

    private static IFactStore Store(EmbeddedSilo silo) => silo.Services.GetRequiredService<IFactStore>();
}
