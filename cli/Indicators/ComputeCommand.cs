using System.Collections.Frozen;
using System.CommandLine;
using System.Globalization;
using System.Text;
using ClusterPulse.Cli.Output;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Reference;

namespace ClusterPulse.Cli.Indicators;

/// <summary>Computes every indicator from files, without a server: anyone can check the product against another package.</summary>
internal sealed class ComputeCommand : Command
{
    private const int MostProblems = 20;

    private readonly Option<DirectoryInfo> _facts = new("--facts")
    {
        Description = "Folder with enterprises.csv and reports.csv, and where needed estates.csv, exchange_rates.csv, closed_periods.csv, rival_sets.csv, cluster_definitions.csv, watches.csv",
        Required = true,
    };

    private readonly Option<FileInfo?> _output = new("--output", "-o") { Description = "File for the figures; standard output without it" };

    private readonly Option<string?> _period = new("--period") { Description = "One month, YYYY-MM, complete or not, instead of all complete ones" };

    private readonly Option<bool> _newest = new("--newest") { Description = "Only what gauges show: each indicator at its newest complete month" };

    public ComputeCommand() : base(
        "compute",
        """
        Compute every indicator from CSV files, without a server · 离线计算全部指标

        The same contribution function and the same formulas as the live system. Columns of all files: docs/facts-as-csv.md.

        Example: clusterpulse indicators compute --facts ./facts --newest --output figures.csv
        """)
    {
        Add(_facts);
        Add(_output);
        Add(_period);
        Add(_newest);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = parsed.GetRequiredValue(_facts);
        Month? period = null;
        if (parsed.GetValue(_period) is { } text)
        {
            if (!Month.TryParse(text, out var month))
                return Fail($"--period: '{text}' is not a month; write YYYY-MM, for example 2004-12.");
            period = month;
        }
        if (!folder.Exists)
            return Fail($"--facts: there is no folder {folder}. Columns of the files that belong there: docs/facts-as-csv.md.");
        var reference = ReferenceData.Load();
        var facts = FactFolder.Read(folder, reference);
        if (facts.Problems.Count > 0)
            return Fail(facts.Problems);
        try
        {
            var cells = await ProgressView.ShowAsync(
                "enterprises · 企业", progress => Task.Run(() => FactCells.Make(facts, reference, progress, cancellation), cancellation));
            var rates = new ExchangeRates(facts.Rates.ToFrozenDictionary());
            var formulas = new IndicatorFormulas(new(), reference);
            await using var stream = parsed.GetValue(_output) is { } file ? file.Create() : Console.OpenStandardOutput();
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false));
            using var figures = new FigureFile(writer, reference);
            figures.WriteHeader();
            var peers = new FactPeers(facts, cells, reference, formulas, rates);
            foreach (var (place, table) in cells.OrderBy(c => c.Key, StringComparer.Ordinal))
            {
                cancellation.ThrowIfCancellationRequested();
                var view = formulas.View(table, rates, facts.Closed, peers.Of(place));
                var chosen = period is { } asked ? formulas.At(view, asked)
                    : parsed.GetValue(_newest) ? formulas.Newest(view)
                    : formulas.Settled(view);
                foreach (var figure in chosen)
                    figures.Write(place, figure);
            }
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{facts.Enterprises.Count} enterprises, {facts.Reports} reports, {cells.Count} places, {figures.Figures} figures"));
            return (int)ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return Fail("Stopped.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail($"The figures could not be written: {e.Message}");
        }
    }

    private static int Fail(List<CsvProblem> problems)
    {
        var shown = string.Join('\n', problems.Take(MostProblems));
        var rest = problems.Count > MostProblems ? $"\nand {problems.Count - MostProblems} more" : "";
        return Fail($"{shown}{rest}\nNothing was computed: mend these lines and run it again. · 请更正以上各行后重试。");
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return (int)ExitCode.NotCarriedOut;
    }
}
