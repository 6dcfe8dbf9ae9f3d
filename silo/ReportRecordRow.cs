using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;

namespace ClusterPulse.Silo;

/// <summary>A revision of a report as both stores hold it: its lines are JSON there, with the columns of the feed's table as names.</summary>
internal static class ReportRecordRow
{
    /// <summary>What <see cref="Read"/> reads, in order, before the times.</summary>
    public const string Columns = "feed, period, revision, basis, status, nil, bureau, submission, row, note, lines, withdrawn_by, withdraw_reason";

    /// <summary>Position of the column after <see cref="Columns"/>.</summary>
    public const int Next = 13;

    public static ReportRecord Read(DbDataReader row, DateTimeOffset committed, DateTimeOffset? replaced)
    {
        var feed = Words.Feed(row.GetString(0));
        return new()
        {
            Key = new(feed, Month.Parse(row.GetString(1))),
            Revision = row.GetInt32(2),
            Content = new()
            {
                Basis = Words.Basis(row.GetString(3)),
                Status = Words.ReportStatus(row.GetString(4)),
                Nil = row.GetBoolean(5),
                Note = Text(row, 9),
                Lines = Lines(feed, row.GetString(10)),
            },
            Origin = new(row.GetString(6), row.GetString(7), row.GetInt64(8)),
            Committed = committed,
            Replaced = replaced,
            WithdrawnBy = Text(row, 11),
            WithdrawReason = Text(row, 12),
        };
    }

    private static ImmutableArray<ReportLine> Lines(Feed feed, string json)
    {
        using var document = JsonDocument.Parse(json);
        var lines = ImmutableArray.CreateBuilder<ReportLine>(document.RootElement.GetArrayLength());
        foreach (var line in document.RootElement.EnumerateArray())
            lines.Add(Line(feed, line));
        return lines.MoveToImmutable();
    }

    private static ReportLine Line(Feed feed, JsonElement line) => feed switch
    {
        Feed.Output or Feed.Export => new() { Currency = Text(line, "currency")!, Amount = Number(line, "amount") },
        Feed.Employment => new() { Currency = "", Amount = Number(line, "persons") },
        Feed.Fdi => new()
        {
            Currency = Text(line, "currency")!,
            Amount = Number(line, "utilised"),
            Fdi = new()
            {
                Source = Text(line, "source")!,
                UltimateSource = Text(line, "ultimate_source")!,
                Investor = Text(line, "investor"),
                ContractedCurrency = Text(line, "contracted_currency"),
                Contracted = Number(line, "contracted"),
                ProjectCount = line.GetProperty("project_count").GetInt32(),
            },
        },
        _ => new()
        {
            Currency = Text(line, "currency")!,
            Amount = Number(line, "purchases"),
            Supplier = new()
            {
                Kind = Words.SupplierKind(Text(line, "supplier_kind")!),
                Id = Text(line, "supplier")!,
                Judgement = Judgement(line),
            },
        },
    };

    private static SupplierJudgement? Judgement(JsonElement line) => line.GetProperty("judged_version").ValueKind == JsonValueKind.Null ? null : new()
    {
        ProfileVersion = Number(line, "judged_version"),
        Region = Text(line, "supplier_region"),
        Locality = Text(line, "supplier_locality"),
        // One store writes truth values, the other numbers.
        Domestic = line.GetProperty("supplier_domestic") switch
        {
            { ValueKind: JsonValueKind.Number } flag => flag.GetInt32() != 0,
            var flag => flag.ValueKind == JsonValueKind.True,
        },
    };

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();

    private static long Number(JsonElement line, string name) => line.GetProperty(name).GetInt64();

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
