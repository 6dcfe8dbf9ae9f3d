using System.Buffers;
using System.Collections.Immutable;
using System.Data.Common;
using System.Text;
using System.Text.Json;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;

namespace ClusterPulse.Silo;

/// <summary>A revision of a report as both stores hold it: its lines are JSON there, with the columns of the feed's table as names.</summary>
internal static class ReportRecordRow
{
    /// <summary>What <see cref="Read"/> reads, in order, before the decision and the times.</summary>
    private static readonly string[] Names =
    [
        "feed", "period", "revision", "basis", "status", "nil", "bureau", "submission", "row", "note", "lines", "withdrawn_by", "withdraw_reason",
        "standing", "chosen", "aside",
    ];

    /// <summary>The decision that a revision came by, after <see cref="Columns"/>.</summary>
    public const string ChoiceColumns = "choice.bureau, choice.decided_by, choice.reason";

    /// <summary>Position of the column after <see cref="ChoiceColumns"/>.</summary>
    public const int Next = Choice + 3;

    private const int Choice = 16;

    /// <summary>The columns of a query.</summary>
    public static string Columns(string table) => string.Join(", ", Names.Select(n => $"{table}.{n}"));

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
            Standing = row.GetInt32(13),
            Chosen = Text(row, 14) is { } chosen && chosen == row.GetString(6),
            SetAside = row.GetString(15).Length > 0,
            Choice = row.IsDBNull(Choice) ? null : new(row.GetString(Choice), row.GetString(Choice + 1), row.GetString(Choice + 2)),
        };
    }

    /// <summary>Lines as the history holds them.</summary>
    public static string LinesJson(Feed feed, ImmutableArray<ReportLine> lines)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var line in lines)
            {
                json.WriteStartObject();
                WriteLine(json, feed, line);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteLine(Utf8JsonWriter json, Feed feed, ReportLine line)
    {
        if (feed == Feed.Employment)
        {
            json.WriteNumber("persons", line.Amount);
            return;
        }
        json.WriteString("currency", line.Currency);
        json.WriteNumber(feed switch { Feed.Fdi => "utilised", Feed.Linkage => "purchases", _ => "amount" }, line.Amount);
        if (line.Fdi is { } fdi)
        {
            json.WriteString("source", fdi.Source);
            json.WriteString("ultimate_source", fdi.UltimateSource);
            json.WriteString("investor", fdi.Investor);
            json.WriteString("contracted_currency", fdi.ContractedCurrency);
            json.WriteNumber("contracted", fdi.Contracted);
            json.WriteNumber("project_count", fdi.ProjectCount);
        }
        if (line.Supplier is { } supplier)
        {
            json.WriteString("supplier_kind", Words.Of(supplier.Kind));
            json.WriteString("supplier", supplier.Id);
            json.WritePropertyName("judged_version");
            if (supplier.Judgement is { } judgement)
                json.WriteNumberValue(judgement.ProfileVersion);
            else
                json.WriteNullValue();
            json.WriteString("supplier_region", supplier.Judgement?.Region);
            json.WriteString("supplier_locality", supplier.Judgement?.Locality);
            json.WriteBoolean("supplier_domestic", supplier.Judgement?.Domestic ?? false);
        }
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
