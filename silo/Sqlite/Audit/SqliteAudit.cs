using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using Microsoft.Data.Sqlite;

namespace ClusterPulse.Silo.Sqlite.Audit;

/// <summary>
/// The oracle: recomputes cells from facts by SQL that shares nothing with the contribution function, and compares them with
/// what is stored. Works in temporary tables of its connection, so writers go on meanwhile.
/// </summary>
internal sealed class SqliteAudit(SqliteConnection connection, SqliteTransaction transaction)
{
    private const int MostSamples = 20;

    /// <summary>Measures whose cells are changes of a stock.</summary>
    private static readonly Measure[] ProfileStocks = [Measure.Active, Measure.ActiveByClass, Measure.Estates];

    private static readonly Measure[] ProfileFlows = [Measure.Births, Measure.Deaths];

    private static readonly Measure[] Memberships = [Measure.Members, Measure.MemberHash];

    private static readonly Measure[] LinkStocks =
        [Measure.Linked, Measure.LinkedByIndustry, Measure.SupplierReached, Measure.LinkedSupplier, Measure.EstateLinked, Measure.LinkSurvived];

    private static readonly Measure[] NetworkStocks = [Measure.NetworkLink, Measure.NetworkBuyer, Measure.NetworkPair, Measure.BuyerSuppliers];

    /// <summary>Measures that all feeds add to.</summary>
    private static readonly Measure[] OfAllFeeds =
    [
        Measure.Reported, Measure.MatchedNow, Measure.MatchedThen, Measure.PriorReported, Measure.PriorExpected, Measure.Undistributed,
        Measure.Suspect, Measure.SuspectNow, Measure.SuspectThen,
    ];

    private readonly List<CellDifference> _samples = [];
    private long _level;
    private long _cells;
    private long _differences;

    /// <summary>Compares one place, or all.</summary>
    /// <exception cref="InvalidOperationException">The region tree is not stored, so that nothing can be added up.</exception>
    public AuditListing Run(AuditScope scope, IndicatorFormulas formulas, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (Count("SELECT count(*) FROM region") == 0)
            throw new InvalidOperationException("the table of regions is empty: the silo fills it when it starts");
        connection.CreateFunction("member_hash", (string id, long version, long half) => Half(id, version, half), isDeterministic: true);
        _level = Count("SELECT coalesce(max(rebuilt), 1) FROM cell_level");
        var figures = new FigureAudit(connection, transaction, formulas);
        List<Action> steps = [.. Steps(scope.Place, cancellation), .. figures.Steps(MostSamples, scope.Listed)];
        for (var i = 0; i < steps.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            steps[i]();
            progress?.Report((i + 1.0) / steps.Count);
        }
        var places = Count("SELECT count(*) FROM audit_place WHERE wanted");
        return new(new(places, _cells, _differences, _samples, figures.Compared, figures.Differences, figures.Samples), [.. figures.Listed]);
    }

    private List<Action> Steps(string? place, CancellationToken cancellation)
    {
        List<Action> steps =
        [
            () => Script("places").Run(("@place", place)),
            () => LoggedCells.Copy(connection, transaction, place, cancellation),
            () => Script("stocks").Run(),
        ];
        steps.AddRange(ProfileStocks.Select(m => Comparing(m, isStock: true)));
        steps.AddRange(ProfileFlows.Select(m => Comparing(m, isStock: false)));
        steps.Add(() => Script("members").Run());
        steps.AddRange(Memberships.Select(m => Comparing(m, isStock: false)));
        foreach (var feed in VocabularyWords.Feeds)
        {
            steps.Add(() => Recompute(feed));
            steps.AddRange(MeasuresOf(feed).Select(m => Comparing(m, isStock: false)));
        }
        steps.AddRange(OfAllFeeds.Select(m => Comparing(m, isStock: false)));
        steps.Add(() => Script("links").Run());
        steps.AddRange(LinkStocks.Select(m => Comparing(m, isStock: true)));
        steps.Add(() => Script("network").Run());
        steps.AddRange(NetworkStocks.Select(m => Comparing(m, isStock: true)));
        return steps;
    }

    private static Measure[] MeasuresOf(Feed feed) => feed switch
    {
        Feed.Output => [Measure.Output, Measure.OutputByClass, Measure.OutputMatchedNow, Measure.OutputMatchedThen, Measure.EnterpriseOutput],
        Feed.Export => [Measure.Export, Measure.ExportByClass],
        Feed.Employment => [Measure.Employment, Measure.EmploymentByClass, Measure.SizeCount, Measure.SizeEmployment, Measure.EmploymentSquare],
        Feed.Fdi => [Measure.Fdi, Measure.FdiByIndustry, Measure.FdiUltimate, Measure.FdiInvestor],
        _ => [Measure.Purchases, Measure.PurchasesByIndustry],
    };

    private void Recompute(Feed feed)
    {
        var word = ("@feed", (object?)feed.Word());
        Script("reports").Run(word);
        Script("values").Run(word, ("@small", SmallEnterprise.Employed));
        Script("comparable").Run(word);
        Script("suspects").Run(word);
    }

    private Action Comparing(Measure measure, bool isStock) => () =>
    {
        // While an older build may hold places, nothing is stored of measures that it does not know.
        if (CellLevels.Of(measure) > _level)
            return;
        var word = Words.Of(measure);
        Script("compare").Run(("@measure", word));
        _cells += Count("SELECT count(*) FROM audit_cell WHERE live <> 0 OR recomputed <> 0");
        if (Count("SELECT count(*) FROM audit_cell WHERE live <> recomputed") == 0)
            return;
        Script(isStock ? "differing_stocks" : "differing_flows").Read(r =>
        {
            _differences++;
            if (_samples.Count < MostSamples)
                _samples.Add(new(r.GetString(0), word, r.GetString(1), r.GetString(2), new(r.GetInt32(3)), r.GetInt64(4), r.GetInt64(5)));
        });
    };

    private static long Half(string id, long version, long half)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{id}:{version}")), hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash[(int)(half * sizeof(uint))..]);
    }

    private AuditScript Script(string name) => new(connection, transaction, name);

    private long Count(string sql)
    {
        using var statement = new Statement(connection, sql, 0);
        return (long)statement.With(transaction).Scalar()!;
    }
}
