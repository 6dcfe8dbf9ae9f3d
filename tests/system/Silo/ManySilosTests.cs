using System.Collections.Concurrent;
using System.Globalization;
using ClusterPulse.Aggregation;
using ClusterPulse.Estates;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.Silo.Postgres;
using ClusterPulse.SystemTests.Postgres;
using ClusterPulse.SystemTests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ClusterPulse.SystemTests.Silo;

/// <summary>Several silos in one process, with what can go wrong between them injected.</summary>
[Collection(PostgresCollection.Name)]
public sealed class ManySilosTests(SharedPostgres postgres)
{
    private const int Enterprises = 40;
    private const int Months = 24;
    private static readonly string[] Counties = ["320583", "320585", "330304", "500101"];

    [Fact]
    public async Task Whatever_the_store_does_to_commits_each_report_counts_once()
    {
        var rate = new FaultRate(7);
        await using var cluster = await InProcessCluster.StartAsync(
            await postgres.CreateDatabaseAsync(), 3, change: (_, services) => services.AddSingleton(
                s => FaultyStore.Around(s.GetRequiredService<PostgresFactStore>(), rate)));
        await cluster.RegisterAsync(Profiles());
        rate.Rate = 0.1;
        var sent = new ConcurrentDictionary<(string, Month), int>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(bureau => SendAsync(cluster, bureau, 4, 25, sent)));

        rate.Rate = 0;
        Assert.True(rate.Faults > 50, $"only {rate.Faults} faults");
        await AssertExactAsync(cluster, sent);
    }

    [Fact]
    public async Task An_estate_is_read_as_soon_as_it_is_registered_whichever_silo_did_that()
    {
        await using var cluster = await InProcessCluster.StartAsync(await postgres.CreateDatabaseAsync(), 3);
        for (var i = 0; i < 12; i++)
        {
            var estate = new Estate { Id = string.Create(CultureInfo.InvariantCulture, $"estate-{i}"), Region = "320583", ValidFrom = new(2003, 1) };
            await cluster.Grains.GetGrain<IEstateGrain>(estate.Id).CreateAsync(estate);
            Assert.Contains(await cluster.Maintenance.ReadEstatesAsync(), e => e.Id == estate.Id);
        }
    }

    /// <summary>Two clusters that know nothing of each other over one database: every enterprise and every region is active twice.</summary>
    [Fact]
    public async Task Two_activations_of_everything_do_no_harm()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var one = await InProcessCluster.StartAsync(database, 2, "one");
        await using var other = await InProcessCluster.StartAsync(database, 2, "other");
        await one.RegisterAsync(Profiles());
        var sent = new ConcurrentDictionary<(string, Month), int>();

        var load = Task.WhenAll(
            SendAsync(one, 0, 1, 25, sent), SendAsync(one, 1, 1, 25, sent), SendAsync(other, 2, 1, 25, sent), SendAsync(other, 3, 1, 25, sent));
        while (!load.IsCompleted)
        {
            await one.Maintenance.CycleAsync();
            await other.Maintenance.CycleAsync();
        }
        await load;

        await AssertExactAsync(one, sent);
        await AssertExactAsync(other, sent);
        foreach (var place in (string[])["regions/CN", "regions/32", "regions/3205", "regions/320583", "regions/3303", "regions/500101"])
        {
            // What places are compared with is up to ten seconds older than they are.
            await Eventually.TrueAsync(async () => (await FiguresAsync(one, place)).SequenceEqual(await FiguresAsync(other, place)));
        }

        static async Task<IEnumerable<string>> FiguresAsync(InProcessCluster cluster, string place) =>
            (await cluster.HealthAsync(place, new(2004, 6))).Figures.Select(Text);

        static string Text(Regions.PlaceFigure figure) => string.Create(
            CultureInfo.InvariantCulture, $"{figure.Indicator} {figure.Figure.Labels} {figure.Figure.Value:R} {figure.Figure.Reason} {figure.Coverage:R}");
    }

    [Fact]
    public async Task What_a_dead_silo_had_committed_and_told_nobody_reaches_the_places()
    {
        await using var cluster = await InProcessCluster.StartAsync(await postgres.CreateDatabaseAsync(), 3, change: (silo, services) =>
        {
            if (silo == 0)
                services.AddSingleton<IPlaceChannel, Silence>();
        });
        await cluster.RegisterAsync(Profiles());
        var sent = new ConcurrentDictionary<(string, Month), int>();
        await SendAsync(cluster, 0, 1, 5, sent);
        var writers = (await cluster.Store.ListWritersAsync(default)).Select(w => w.Id).ToList();

        await cluster.KillAsync(0);

        // Two silos are left, with two writers each; the dead one's are buried.
        await Eventually.TrueAsync(async () => (await cluster.Store.ListWritersAsync(default)).Count == 4, seconds: 90);
        Assert.Equal(6, writers.Count);
        await AssertExactAsync(cluster, sent);
    }

    /// <summary>The sender dies with a batch under way, and its successor sends everything again from the beginning.</summary>
    [Fact]
    public async Task A_client_that_dies_anywhere_and_sends_again_doubles_nothing()
    {
        await using var cluster = await InProcessCluster.StartAsync(await postgres.CreateDatabaseAsync(), 2);
        await cluster.RegisterAsync(Profiles());
        var sent = new ConcurrentDictionary<(string, Month), int>();
        var dying = SendAsync(cluster, 0, 1, 12, new());
        await Task.Delay(400, TestContext.Current.CancellationToken);

        // The same rows, while those of the first still come in.
        await SendAsync(cluster, 0, 1, 12, sent);
        await dying;

        await AssertExactAsync(cluster, sent);
    }

    private static IEnumerable<(string, Profile)> Profiles() =>
        Enumerable.Range(0, Enterprises).Select(i => (Name(i), Rows.Profile(Counties[i % Counties.Length], i % 3 == 0 ? Ownership.Foreign : Ownership.Private)));

    /// <summary>Batches of reports, many of them revisions. Every bureau has its own enterprises, or all have the same.</summary>
    private static async Task SendAsync(
        InProcessCluster cluster, int bureau, int parts, int batches, ConcurrentDictionary<(string, Month), int> sent)
    {
        var random = new Random(bureau);
        var row = 0;
        for (var batch = 0; batch < batches; batch++)
        {
            var rows = new List<ReportRow>();
            for (var i = 0; i < 40; i++)
            {
                var enterprise = Name(parts == 1 ? random.Next(Enterprises) : (random.Next(Enterprises / parts) * parts) + bureau);
                var month = random.Next(Months);
                var period = string.Create(CultureInfo.InvariantCulture, $"{2003 + (month / 12)}-{(month % 12) + 1:D2}");
                rows.Add(Rows.Money(row, enterprise, Feed.Output, period, (row * 10L) + bureau));
                row++;
            }
            var answer = await cluster.ReportAsync(string.Create(CultureInfo.InvariantCulture, $"b{bureau}"), rows);
            Assert.Equal(0, answer.Rejected);
            foreach (var r in rows)
                sent.AddOrUpdate((r.Enterprise, r.Key.Period), 1, (_, count) => count + 1);
        }
    }

    private static async Task AssertExactAsync(InProcessCluster cluster, ConcurrentDictionary<(string Enterprise, Month Period), int> sent)
    {
        var stored = await cluster.Store.LoadEnterprisesAsync([.. Enumerable.Range(0, Enterprises).Select(Name)], default);
        Assert.Equal(sent.Count, stored.Values.Sum(s => s.Reports.Count));
        foreach (var ((enterprise, period), count) in sent)
            Assert.Equal(count, stored[enterprise].Reports.Find(Feed.Output, period)!.Revision);
        Assert.Equal(0, await cluster.Maintenance.CheckDriftAsync());
        var audit = await cluster.Maintenance.AuditAsync(null);
        Assert.True(audit.Cells > 0);
        Assert.True(audit.Differences == 0, string.Join('\n', audit.Samples));
        Assert.True(audit.FigureDifferences == 0, string.Join('\n', audit.FigureSamples));
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"org-M{i:D8}");

    /// <summary>Nothing that this silo commits reaches a place.</summary>
    private sealed class Silence : IPlaceChannel
    {
        public Task<long> SendAsync(string place, DeltaMessage message) => new TaskCompletionSource<long>().Task;
    }
}
