using System.Globalization;
using ClusterPulse.V1;

namespace ClusterPulse.Benchmarks;

/// <summary>What went in, and what it took.</summary>
internal sealed record IngestResult(string Name, TimeSpan Elapsed, TimeSpan Cpu, long PeakBytes);

/// <summary>Months of output, exports and employment of many enterprises in the counties of one province, the same in each run.</summary>
internal sealed class Workload(int enterprises, int reports)
{
    private static readonly string[] Counties =
        ["320505", "320506", "320507", "320508", "320509", "320576", "320581", "320582", "320583", "320585"];
    private static readonly Feed[] Feeds = [Feed.Output, Feed.Export, Feed.Employment];

    public int ReportCount => reports;

    public IEnumerable<Enterprise> Enterprises()
    {
        for (var i = 0; i < enterprises; i++)
        {
            yield return new()
            {
                Name = Name(i),
                ValidFrom = "2003-01",
                Region = Counties[i % Counties.Length],
                Industry = "391",
                Ownership = i % 10 == 0 ? Ownership.Foreign : Ownership.Private,
            };
        }
    }

    /// <summary>Part <paramref name="part"/> of <paramref name="parts"/>: whole enterprises, month by month.</summary>
    public IEnumerable<Report> Reports(int part, int parts)
    {
        var rounds = (reports + enterprises - 1) / enterprises;
        for (var round = 0; round < rounds; round++)
        {
            var month = round / Feeds.Length;
            var period = string.Create(CultureInfo.InvariantCulture, $"{2003 + (month / 12)}-{(month % 12) + 1:D2}");
            for (var i = part; i < enterprises && (round * (long)enterprises) + i < reports; i += parts)
            {
                var feed = Feeds[round % Feeds.Length];
                var report = new Report { Enterprise = Name(i), Feed = feed, Period = period };
                if (feed == Feed.Output)
                    report.Output = new() { Value = Cny(1_000_000 + i + round) };
                else if (feed == Feed.Export)
                    report.Export = new() { Value = Cny(300_000 + i + round) };
                else
                    report.Employment = new() { Persons = 10 + (i % 900) };
                yield return report;
            }
        }
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"org-B{i:D8}");

    private static Money Cny(long fen) => new() { Currency = "CNY", MinorUnits = fen };
}
