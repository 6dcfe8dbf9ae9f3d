using ClusterPulse.Facts;
using ClusterPulse.Ingest;

namespace ClusterPulse.SystemTests.Support;

/// <summary>Short ways to say what an enterprise is and reports.</summary>
internal static class Rows
{
    public static Profile Profile(string region, Ownership ownership, string? estate = null, string from = "2003-01", bool hiTech = false) => new()
    {
        ValidFrom = Month.Parse(from),
        Region = region,
        Estate = estate,
        Industry = "391",
        Ownership = ownership,
        HiTech = hiTech,
    };

    public static ReportRow Money(long row, string enterprise, Feed feed, string period, long amount, int revision = 0) =>
        Row(row, enterprise, feed, period, revision, new ReportLine { Currency = "CNY", Amount = amount });

    public static ReportRow Employment(long row, string enterprise, string period, long persons) =>
        Row(row, enterprise, Feed.Employment, period, 0, new ReportLine { Currency = "", Amount = persons });

    public static ReportRow Fdi(long row, string enterprise, string period, params (string Source, long Cents)[] lines) =>
        Row(row, enterprise, Feed.Fdi, period, 0, [.. lines.Select(l => new ReportLine
        {
            Currency = "USD",
            Amount = l.Cents,
            Fdi = new() { Source = l.Source, UltimateSource = l.Source },
        })]);

    public static ReportRow Purchases(long row, string enterprise, string period, params (string Supplier, long Amount)[] lines) =>
        Row(row, enterprise, Feed.Linkage, period, 0, [.. lines.Select(l => new ReportLine
        {
            Currency = "CNY",
            Amount = l.Amount,
            Supplier = new() { Kind = SupplierKind.Enterprise, Id = l.Supplier },
        })]);

    private static ReportRow Row(long row, string enterprise, Feed feed, string period, int revision, params ReportLine[] lines) => new()
    {
        Row = row,
        Enterprise = enterprise,
        Key = new(feed, Month.Parse(period)),
        Revision = revision,
        Content = new() { Basis = Basis.Month, Nil = lines.Length == 0, Lines = [.. lines] },
    };
}
