using System.Diagnostics;
using System.Globalization;
using ClusterPulse.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>
/// One bureau: streams reports of its enterprises with many revisions, takes some back, moves enterprises about and registers new
/// suppliers, and repeats whatever was not acknowledged, at whichever gateway answers. It notes every acknowledgement.
/// </summary>
internal sealed class SoakSender(int number, int seed, IReadOnlyList<GrpcChannel> channels, IReadOnlyList<string> regions)
{
    private const int Enterprises = 150;
    private const int BatchRows = 200;
    private const int Months = 24;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(60);
    private static readonly Feed[] Domestic = [Feed.Output, Feed.Export, Feed.Employment];
    private static readonly Feed[] Foreign = [Feed.Output, Feed.Export, Feed.Employment, Feed.Fdi, Feed.Linkage];

    private readonly Random _random = new(seed);
    private int _channel;
    private int _amount;
    private long _longestWait;

    public SoakLedger Ledger { get; } = new();

    /// <summary>Beginning of all its enterprises' ids.</summary>
    public string Prefix => string.Create(CultureInfo.InvariantCulture, $"org-S{number:D2}");

    /// <summary>When something was acknowledged last.</summary>
    public long LastAcknowledged { get; private set; } = Stopwatch.GetTimestamp();

    public TimeSpan LongestWait => TimeSpan.FromTicks(_longestWait);

    private string Submission => string.Create(CultureInfo.InvariantCulture, $"bureaus/soak{number}/submissions/s");

    public async Task RegisterAsync()
    {
        for (var i = 0; i < Enterprises; i++)
            await MoveAsync(i, "1990-01");
        await RepeatAsync(async channel => await new ReportingService.ReportingServiceClient(channel).CreateSubmissionAsync(
            new() { Parent = string.Create(CultureInfo.InvariantCulture, $"bureaus/soak{number}"), SubmissionId = "s" }, deadline: Deadline()));
    }

    /// <summary>Sends until told to stop, and ends with everything acknowledged.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var offset = 0L;
        for (var batch = 1; !stop.IsCancellationRequested; batch++)
        {
            var (request, amounts) = MakeBatch(offset);
            offset = await SendAsync(request);
            for (var i = 0; i < amounts.Count; i++)
                Ledger.Add(request.Reports[i], amounts[i]);
            if (batch % 4 == 0)
                await MoveAsync(_random.Next(Enterprises), Period());
            if (batch % 3 == 0 && Ledger.Any(_random) is { } key)
            {
                await RepeatAsync(async channel => await new ReportingService.ReportingServiceClient(channel).WithdrawReportAsync(new()
                {
                    Name = $"enterprises/{key.Enterprise}/reports/{key.Feed}.{key.Period}",
                    Bureau = string.Create(CultureInfo.InvariantCulture, $"bureaus/soak{number}"),
                    Reason = "soak",
                }, deadline: Deadline()));
                Ledger.Withdrawn(key.Enterprise, key.Feed, key.Period);
            }
        }
    }

    private (AppendReportsRequest Request, List<long> Amounts) MakeBatch(long offset)
    {
        var request = new AppendReportsRequest { Submission = Submission, Offset = offset };
        var amounts = new List<long>(BatchRows);
        for (var row = 0; row < BatchRows; row++)
        {
            var enterprise = _random.Next(Enterprises);
            var feeds = IsForeign(enterprise) ? Foreign : Domestic;
            var report = new Report { Enterprise = Name(enterprise), Feed = feeds[_random.Next(feeds.Length)], Period = Period() };
            var amount = (long)++_amount;
            var money = new Money { Currency = report.Feed == Feed.Fdi ? "USD" : "CNY", MinorUnits = amount };
            switch (report.Feed)
            {
                case Feed.Output: report.Output = new() { Value = money }; break;
                case Feed.Export: report.Export = new() { Value = money }; break;
                case Feed.Employment: report.Employment = new() { Persons = amount }; break;
                case Feed.Fdi: report.Fdi = new() { Lines = { new FdiLine { SourceEconomy = "JP", Utilised = money } } }; break;
                default: report.Linkage = new() { Lines = { new LinkageLine { Enterprise = Name(_random.Next(Enterprises)), Purchases = money } } }; break;
            }
            request.Reports.Add(report);
            amounts.Add(amount);
        }
        return (request, amounts);
    }

    /// <summary>Sends one batch until it is acknowledged.</summary>
    private async Task<long> SendAsync(AppendReportsRequest request)
    {
        var next = 0L;
        await RepeatAsync(async channel =>
        {
            using var call = new ReportingService.ReportingServiceClient(channel).AppendReports(deadline: Deadline());
            await call.RequestStream.WriteAsync(request);
            if (!await call.ResponseStream.MoveNext(default))
                throw new RpcException(new(StatusCode.Unavailable, "the stream ended without an answer"));
            var answer = call.ResponseStream.Current;
            if (answer.Error is { } error)
                throw new RpcException(new((StatusCode)error.Code, error.Message));
            if (answer.Receipt.Rejected > 0)
                throw new InvalidOperationException($"a row was rejected: {answer.Receipt.Rows.First(r => r.Violations.Count > 0)}");
            next = answer.NextOffset;
        });
        return next;
    }

    private Task MoveAsync(int enterprise, string from) => RepeatAsync(async channel =>
        await new RegistryService.RegistryServiceClient(channel).UpdateEnterpriseAsync(new()
        {
            AllowMissing = true,
            Enterprise = new()
            {
                Name = Name(enterprise),
                ValidFrom = from,
                Region = regions[_random.Next(regions.Count)],
                Industry = _random.Next(2) == 0 ? "391" : "172",
                Ownership = IsForeign(enterprise) ? Ownership.Foreign : Ownership.Private,
            },
        }, deadline: Deadline()));

    private async Task RepeatAsync(Func<GrpcChannel, Task> call)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await call(channels[(number + _channel) % channels.Count]);
                LastAcknowledged = Stopwatch.GetTimestamp();
                _longestWait = Math.Max(_longestWait, Stopwatch.GetElapsedTime(started).Ticks);
                return;
            }
            catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled
                or StatusCode.Internal or StatusCode.Unknown or StatusCode.ResourceExhausted)
            {
                if (e.StatusCode is StatusCode.Unknown)
                    Unexpected = e.Status.ToString();
                _channel++;
                await Task.Delay(Pause);
            }
        }
    }

    /// <summary>An answer that no fault explains.</summary>
    public string? Unexpected { get; private set; }

    private static DateTime Deadline() => DateTime.UtcNow + LongestCall;

    private static bool IsForeign(int enterprise) => enterprise % 3 == 0;

    private string Name(int enterprise) => string.Create(CultureInfo.InvariantCulture, $"enterprises/{Prefix}{enterprise:D6}");

    private string Period()
    {
        var month = _random.Next(Months);
        return string.Create(CultureInfo.InvariantCulture, $"{2003 + (month / 12)}-{(month % 12) + 1:D2}");
    }
}
