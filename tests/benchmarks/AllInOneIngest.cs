using System.Diagnostics;
using ClusterPulse.Gateway.AllInOne;
using ClusterPulse.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace ClusterPulse.Benchmarks;

/// <summary>The all-in-one process: gRPC in, receipts after commit, every level live. The sending client runs in the same process and
/// counts with it.</summary>
internal static class AllInOneIngest
{
    private const int BatchRows = 2_000;
    private const int GrpcPort = 5971;
    private const int HttpPort = 5970;

    public static async Task<IngestResult> RunAsync(Workload workload, int streams)
    {
        var folder = Directory.CreateTempSubdirectory("clusterpulse-bench-").FullName;
        await using var app = AllInOneApp.Build(new()
        {
            Data = folder, GrpcPort = GrpcPort, HttpPort = HttpPort, AsOf = new(2005, 1, 31), Quiet = true,
        });
        await app.StartAsync();
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{GrpcPort}");
        await RegisterAsync(channel, workload);
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var rejected = await Task.WhenAll(Enumerable.Range(0, streams).Select(part => Task.Run(() => StreamAsync(channel, workload, part, streams))));
        clock.Stop();
        process.Refresh();
        if (rejected.Sum() > 0)
            throw new InvalidOperationException($"{rejected.Sum()} rows were rejected");
        var result = new IngestResult(
            $"ClusterPulse all in one, {streams} gRPC streams, every level live", clock.Elapsed, process.TotalProcessorTime - cpu, process.PeakWorkingSet64);
        await app.StopAsync();
        Directory.Delete(folder, recursive: true);
        return result;
    }

    private static async Task RegisterAsync(GrpcChannel channel, Workload workload)
    {
        using var call = new RegistryService.RegistryServiceClient(channel).ImportEnterprises();
        var offset = 0L;
        foreach (var batch in workload.Enterprises().Chunk(BatchRows))
        {
            await call.RequestStream.WriteAsync(new() { Offset = offset, Enterprises = { batch } });
            await call.ResponseStream.MoveNext(default);
            offset += batch.Length;
        }
        await call.RequestStream.CompleteAsync();
        await call.ResponseStream.MoveNext(default);
    }

    private static async Task<int> StreamAsync(GrpcChannel channel, Workload workload, int part, int parts)
    {
        var client = new ReportingService.ReportingServiceClient(channel);
        var submission = await client.CreateSubmissionAsync(new() { Parent = "bureaus/bench", SubmissionId = $"part-{part}" });
        using var call = client.AppendReports();
        var rejected = 0;
        var answers = Task.Run(async () =>
        {
            await foreach (var answer in call.ResponseStream.ReadAllAsync())
                rejected += answer.Receipt.Rejected;
        });
        var offset = 0L;
        foreach (var batch in workload.Reports(part, parts).Chunk(BatchRows))
        {
            await call.RequestStream.WriteAsync(new() { Submission = submission.Name, Offset = offset, Reports = { batch } });
            offset += batch.Length;
        }
        await call.RequestStream.CompleteAsync();
        await answers;
        return rejected;
    }
}
