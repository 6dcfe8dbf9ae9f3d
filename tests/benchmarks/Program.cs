using System.Globalization;
using ClusterPulse.Benchmarks;

// dotnet run -c Release --project tests/benchmarks -- [reports] [enterprises] [streams]
var reports = Number(0, 1_000_000);
var enterprises = Number(1, 100_000);
var streams = Number(2, 2);
var workload = new Workload(enterprises, reports);
Console.WriteLine($"{reports:N0} reports of {enterprises:N0} enterprises, {Environment.ProcessorCount} processors");
var peer = PlainTableIngest.Run(workload);
var own = await AllInOneIngest.RunAsync(workload, streams);
Console.WriteLine($"{"",-58}{"reports/s",12}{"CPU µs/report",16}{"seconds",10}{"MiB",8}");
foreach (var result in (IngestResult[])[peer, own])
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{result.Name,-58}{reports / result.Elapsed.TotalSeconds,12:N0}{result.Cpu.TotalMicroseconds / reports,16:N1}{result.Elapsed.TotalSeconds,10:N1}{result.PeakBytes >> 20,8:N0}"));
}

int Number(int position, int otherwise) =>
    args.Length > position ? int.Parse(args[position], NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : otherwise;
