using System.Diagnostics;
using System.Globalization;
using System.Text;
using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Files.Checking;
using ClusterPulse.Reference;
using CsvHelper;

namespace ClusterPulse.Benchmarks;

/// <summary>Reads and checks a long CSV as <c>clusterpulse validate</c> does, and beside it the same file by CsvHelper alone.</summary>
internal static class FileReading
{
    private const int Firms = 100_000;

    public static void Run(int rows)
    {
        var path = new FileInfo(Path.Combine(Path.GetTempPath(), $"clusterpulse-bench-{rows}.csv"));
        try
        {
            Write(path, rows);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, {path.Length >> 20:N0} MiB, {Environment.ProcessorCount} processors"));
            Measure("CsvHelper alone: cells are read and thrown away", rows, () =>
            {
                using var csv = new CsvParser(new StreamReader(path.FullName), CultureInfo.InvariantCulture);
                var read = 0L;
                while (csv.Read())
                    read += csv.Record!.Length > 0 ? 1 : 0;
                return read - 1;
            });
            Measure("clusterpulse: checksum, encoding, reports, all checks", rows, () =>
            {
                using var file = ReportFile.Open(path);
                var check = new ReportCheck(TimeProvider.System);
                var valid = file.Sha256.Length > 0 ? 0L : -1;
                foreach (var report in file.Reports())
                    valid += check.Run(report, file.Plan, out _).Report is null ? 0 : 1;
                return valid;
            });
        }
        finally
        {
            path.Delete();
        }
    }

    private static void Measure(string what, int rows, Func<long> read)
    {
        using var process = Process.GetCurrentProcess();
        var (cpu, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
        var count = read();
        clock.Stop();
        process.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-58}{count,14:N0} read{rows / clock.Elapsed.TotalSeconds,12:N0} rows/s{clock.Elapsed.TotalSeconds,8:N1} s{(process.TotalProcessorTime - cpu).TotalSeconds,8:N1} s CPU, peak {process.PeakWorkingSet64 >> 20:N0} MiB"));
    }

    /// <summary>One row for each enterprise and month; each row makes one report.</summary>
    private static void Write(FileInfo path, int rows)
    {
        using var text = new StreamWriter(path.FullName, append: false, new UTF8Encoding(false), 1 << 20);
        text.WriteLine("统一社会信用代码,企业名称,报告期,工业总产值(千元),备注");
        var firms = new string[Math.Min(Firms, rows)];
        for (var i = 0; i < firms.Length; i++)
        {
            var start = string.Create(CultureInfo.InvariantCulture, $"91320500{i:D8}");
            var organisation = start + CreditCode.OrganisationDigit(start.AsSpan(8));
            firms[i] = organisation + CreditCode.CheckCharacter(organisation);
        }
        for (var i = 0; i < rows; i++)
        {
            var month = i / firms.Length;
            text.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{firms[i % firms.Length]},苏州某某电子有限公司,{2000 + (month / 12)}-{(month % 12) + 1:D2},{(i * 7919L) % 1_000_000}.{i % 10},"));
        }
    }
}
