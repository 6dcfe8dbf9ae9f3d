using System.Diagnostics;
using System.Globalization;
using ClusterPulse.V1;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>A store that has become slow slows the senders down, and nothing else happens: no memory grows, nothing is dropped,
/// every stream gets its share, and only new ones are turned away.</summary>
public sealed class BackPressureTests
{
    private const int Streams = 24;
    private const int BatchRows = 1_000;
    private const long MemoryKibibytes = 250 * 1024;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_slow_store_slows_the_streams_equally_and_new_ones_are_told_to_come_back()
    {
        await using var cluster = await TestCluster.StartAsync(
            1, 1, null, ("Admission__MostAtOnce", "4"), ("Admission__MostWaiting", "12"), ("Committer__MaxChanges", "500"));
        var channel = cluster.Channels[0];
        await SoakWorld.LoadQuietCountyAsync(channel);
        var senders = Enumerable.Range(0, Streams).Select(i => new FastSender(i, channel)).ToList();
        foreach (var sender in senders)
            await sender.OpenAsync();
        // Every commit takes at least 200 ms more.
        await cluster.Postgres.ExecuteAsync(TestCluster.Database,
            """
            CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.2); RETURN NULL; END';
            CREATE TRIGGER slow AFTER INSERT ON commit_log FOR EACH STATEMENT EXECUTE FUNCTION slow();
            """);
        var sending = senders.Select(s => Task.Run(s.SendAsync)).ToList();
        await Task.Delay(TimeSpan.FromSeconds(5));
        var before = await MemoryAsync();
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new ReportingService.ReportingServiceClient(channel)
            .BatchCreateReportsAsync(new() { Parent = "bureaus/late", Reports = { FastSender.Row(0, 0) } }));

        await Task.Delay(Slow);
        var after = await MemoryAsync();
        var acknowledged = senders.ConvertAll(s => s.Acknowledged);
        var unanswered = senders.Max(s => s.Sent - s.Acknowledged);
        await cluster.Postgres.ExecuteAsync(TestCluster.Database, "DROP TRIGGER slow ON commit_log");
        senders.ForEach(s => s.Stop());
        await Task.WhenAll(sending);

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.True(refused.GetRpcStatus()!.GetDetail<RetryInfo>()!.RetryDelay.Seconds > 0);
        Assert.True(after.Silo - before.Silo < MemoryKibibytes && after.Gateway - before.Gateway < MemoryKibibytes, $"KiB before {before}, after {after}");
        Assert.True(acknowledged.Min() * 3 >= acknowledged.Max(), $"shares: {string.Join(", ", acknowledged)}");
        Assert.True(acknowledged.Min() > 0);
        // What a sender can push before it must wait is what the transport holds, some batches.
        Assert.True(unanswered < 40, $"{unanswered} batches of one stream were taken without an answer");
        Assert.All(senders, s => Assert.Equal(s.Sent, s.Acknowledged));
        var stored = (long)(await cluster.Postgres.ScalarAsync(TestCluster.Database, "SELECT sum(next_offset)::bigint FROM submission WHERE bureau LIKE 'fast%'"))!;
        Assert.Equal(senders.Sum(s => s.Acknowledged) * (long)BatchRows, stored);

        async Task<(long Silo, long Gateway)> MemoryAsync() => (await ResidentAsync("ClusterPulse.Silo.dll"), await ResidentAsync("ClusterPulse.Gateway.dll"));
    }

    /// <summary>Memory of the one process that runs a program, KiB.</summary>
    private static async Task<long> ResidentAsync(string program)
    {
        using var pgrep = Process.Start(new ProcessStartInfo("pgrep", ["-f", "-o", $"^dotnet .*{program}"]) { RedirectStandardOutput = true })!;
        var id = (await pgrep.StandardOutput.ReadToEndAsync()).Trim();
        var line = (await File.ReadAllLinesAsync($"/proc/{id}/status")).Single(l => l.StartsWith("VmRSS", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Writes batches as fast as the transport takes them.</summary>
    private sealed class FastSender(int number, ChannelBase channel)
    {
        private volatile bool _stopping;
        private readonly string _bureau = string.Create(CultureInfo.InvariantCulture, $"bureaus/fast{number}");
        private AsyncDuplexStreamingCall<AppendReportsRequest, AppendReportsResponse>? _call;
        private int _acknowledged;
        private int _sent;

        public int Acknowledged => Volatile.Read(ref _acknowledged);

        public int Sent => Volatile.Read(ref _sent);

        public async Task OpenAsync()
        {
            var client = new ReportingService.ReportingServiceClient(channel);
            await client.CreateSubmissionAsync(new() { Parent = _bureau, SubmissionId = "s" });
            _call = client.AppendReports();
            // The stream is open once its first batch is answered.
            await _call.RequestStream.WriteAsync(Batch());
            await ReadOneAsync();
        }

        public void Stop() => _stopping = true;

        public async Task SendAsync()
        {
            var reading = Task.Run(async () =>
            {
                while (await ReadOneAsync())
                {
                    // Counted.
                }
            });
            while (!_stopping)
                await _call!.RequestStream.WriteAsync(Batch());
            await _call!.RequestStream.CompleteAsync();
            await reading;
        }

        /// <summary>A report of a firm of the quiet county, each of another month.</summary>
        public static Report Row(int firm, int month) => new()
        {
            Enterprise = string.Create(CultureInfo.InvariantCulture, $"enterprises/org-Q{firm % 60:D8}"),
            Period = string.Create(CultureInfo.InvariantCulture, $"{2003 + (month % 24 / 12)}-{(month % 12) + 1:D2}"),
            Feed = Feed.Output,
            Output = new() { Value = new() { Currency = "CNY", MinorUnits = Random.Shared.Next() } },
        };

        private AppendReportsRequest Batch()
        {
            var request = new AppendReportsRequest { Submission = _bureau + "/submissions/s", Offset = (long)_sent * BatchRows };
            for (var row = 0; row < BatchRows; row++)
                request.Reports.Add(Row(row + number, (row / 60) + number));
            Interlocked.Increment(ref _sent);
            return request;
        }

        private async Task<bool> ReadOneAsync()
        {
            if (!await _call!.ResponseStream.MoveNext(default))
                return false;
            Assert.Null(_call.ResponseStream.Current.Error);
            Interlocked.Increment(ref _acknowledged);
            return true;
        }
    }
}
