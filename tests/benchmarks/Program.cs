using System.CommandLine;
using System.Globalization;
using ClusterPulse.Benchmarks;
using ClusterPulse.Benchmarks.Comparison;

var rows = new Argument<int>("rows") { DefaultValueFactory = _ => 10_000_000 };
var files = new Command("files", "Reading and checking of a long CSV beside CsvHelper alone") { rows };
files.SetAction(parsed => FileReading.Run(parsed.GetValue(rows)));

var reports = new Argument<int>("reports") { DefaultValueFactory = _ => 200_000 };
var enterprises = new Argument<int>("enterprises") { DefaultValueFactory = _ => 20_000 };
var placement = new Command("placement", "Enterprises placed by rendezvous beside Orleans' own placement, three silos over PostgreSQL") { reports, enterprises };
placement.SetAction(async (parsed, _) =>
{
    var (count, firms) = (parsed.GetValue(reports), parsed.GetValue(enterprises));
    Console.WriteLine($"{count:N0} reports of {firms:N0} enterprises through IngestPorts, {Environment.ProcessorCount} processors");
    Console.WriteLine($"{"",-58}{"reports/s",12}{"CPU µs/report",16}{"seconds",10}{"MiB",8}");
    foreach (var rendezvous in (bool[])[false, true])
    {
        var result = await PlacementIngest.RunAsync(firms, count, rendezvous);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.Name,-58}{count / result.Elapsed.TotalSeconds,12:N0}{result.Cpu.TotalMicroseconds / count,16:N1}{result.Elapsed.TotalSeconds,10:N1}{result.PeakBytes >> 20,8:N0}"));
    }
});

return await new RootCommand("Benchmarks of ClusterPulse: figures beside a peer's in one run") { CompareCommand.Make(), files, placement }
    .Parse(args is [] ? ["compare"] : args).InvokeAsync();
