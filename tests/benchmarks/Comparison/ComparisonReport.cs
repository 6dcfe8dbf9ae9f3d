using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace ClusterPulse.Benchmarks.Comparison;

/// <summary>Medians of all rounds, as a table for people, as Markdown and as JSON.</summary>
internal sealed class ComparisonReport(ComparisonSize size, World world, IReadOnlyList<Measurement> measurements)
{
    private static readonly string[] Columns =
        ["workload", "subject", "reports/s", "min–max", "CPU of servers, µs/report", "min–max", "of sender, µs/report", "p50, ms", "p99, ms", "MiB", "last"];

    /// <summary>Also where it goes to a file, whose width nobody knows.</summary>
    private const int LeastWidth = 200;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public void Print()
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in Columns)
            table.AddColumn(column);
        foreach (var row in Rows())
            table.AddRow([.. row.Select(Markup.Escape)]);
        Console.WriteLine(Heading());
        var console = AnsiConsole.Create(new());
        console.Profile.Width = Math.Max(console.Profile.Width, LeastWidth);
        console.Write(table);
    }

    public void Write(DirectoryInfo folder)
    {
        folder.Create();
        var text = new StringBuilder().AppendLine(Heading()).AppendLine();
        text.AppendLine($"| {string.Join(" | ", Columns)} |").AppendLine($"|{string.Concat(Columns.Select((_, i) => i < 2 ? "---|" : "---:|"))}");
        foreach (var row in Rows())
            text.AppendLine($"| {string.Join(" | ", row)} |");
        File.WriteAllText(Path.Combine(folder.FullName, "comparison.md"), text.ToString());
        File.WriteAllText(Path.Combine(folder.FullName, "comparison.json"), JsonSerializer.Serialize(
            new
            {
                Size = size,
                Processors = Environment.ProcessorCount,
                Runtime = Environment.Version.ToString(),
                Rounds = measurements.Select(m => new
                {
                    m.Workload, m.Subject, m.Reports, m.Elapsed.TotalSeconds, m.ServerMicroseconds, m.SenderMicroseconds, MiB = m.Bytes >> 20, m.Note,
                    P50 = m.Latency(0.5), P99 = m.Latency(0.99),
                }),
            },
            Indented));
    }

    private string Heading() => string.Create(CultureInfo.InvariantCulture,
        $"{world.Enterprises:N0} enterprises in {world.Counties.Count} counties and {world.Estates.Count} estates, {world.FactsOfMonth:N0} reports a round, {size.Rounds} rounds after {size.WarmUpMonths} of warming up, {size.Senders} senders, {Environment.ProcessorCount} processors; medians. W3: {size.ColdEnterprises:N0} enterprises, W7: {size.BackfillEnterprises:N0} over {size.BackfillMonths} months");

    private IEnumerable<string[]> Rows()
    {
        foreach (var group in measurements.GroupBy(m => (m.Workload, m.Subject)))
        {
            var (rate, servers, sender) = (Sorted(group, m => m.PerSecond), Sorted(group, m => m.ServerMicroseconds), Sorted(group, m => m.SenderMicroseconds));
            var latencies = group.Max(m => m.Latencies.Length) > 0;
            var reports = group.First().Reports > 0;
            yield return
            [
                group.Key.Workload, group.Key.Subject,
                .. reports
                    ? (string[])[
                        Text(Median(rate), "N0"), $"{Text(rate[0], "N0")}–{Text(rate[^1], "N0")}",
                        Text(Median(servers), "N1"), $"{Text(servers[0], "N1")}–{Text(servers[^1], "N1")}", Text(Median(sender), "N1")]
                    : ["", "", "", "", ""],
                latencies ? Text(group.Max(m => m.Latency(0.5)), "N1") : "", latencies ? Text(group.Max(m => m.Latency(0.99)), "N1") : "",
                Text(group.Max(m => m.Bytes) >> 20, "N0"), group.Last().Note,
            ];
        }
    }

    private static double[] Sorted(IEnumerable<Measurement> group, Func<Measurement, double> of) => [.. group.Select(of).Order()];

    private static double Median(double[] sorted) => sorted[sorted.Length / 2];

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
