using System.Globalization;
using ClusterPulse.Benchmarks;

// dotnet run -c Release --project tests/benchmarks -- [reports] [enterprises] [streams]
// dotnet run -c Release --project tests/benchmarks -- placement [reports] [enterprises]
// dotnet run -c Release --project tests/benchmarks -- files [rows]
if (args is ["files", ..])
{
    args = args[1..];
    FileReading.Run(Number(0, 10_000_000));
    return;
}
if (args is ["placement", ..])
{
    args = args[1..];
    var (rows, firms) = (Number(0, 200_000), Number(1, 20_000));
    Console.WriteLine($"{rows:N0} reports of {firms:N0} enterprises through IngestPorts, {Environment.ProcessorCount} processors");
    Print(rows, await PlacementIngest.RunAsync(firms, rows, rendezvous: false), await PlacementIngest.RunAsync(firms, rows, rendezvous: true));
    return;
}
var reports = Number(0, 1_000_000);
var enterprises = Number(1, 100_000);
var streams = Number(2, 2);
var workload = new Workload(enterprises, reports);
Console.WriteLine($"{reports:N0} reports of {enterprises:N0} enterprises, {Environment.ProcessorCount} processors");
var peer = PlainTableIngest.Run(workload);
var own = await AllInOneIngest.RunAsync(workload, streams);
Print(reports, peer, own);

void Print(int count, params IngestResult[] results)
{
    Console.WriteLine($"{"",-58}{"reports/s",12}{"CPU µs/report",16}{"seconds",10}{"MiB",8}");
    foreach (var result in results)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{result.Name,-58}{count / result.Elapsed.TotalSeconds,12:N0}{result.Cpu.TotalMicroseconds / count,16:N1}{result.Elapsed.TotalSeconds,10:N1}{result.PeakBytes >> 20,8:N0}"));
    }
}

int Number(int position, int otherwise) =>
    args.Length > position ? int.Parse(args[position], NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : otherwise;
