using System.Globalization;
using ClusterPulse.Demo;
using ClusterPulse.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Spectre.Console;
using Status = Grpc.Core.Status;

namespace ClusterPulse.Gateway.Demo;

/// <summary>Plays the bureaus: sets exchange rates, registers estates and enterprises, declares rivals, streams the reports, sends a dozen bad
/// rows. What is durable already is not sent again.</summary>
internal sealed class DemoSender(GrpcChannel channel, DemoWorld world, IAnsiConsole console)
{
    private const int BatchRows = 2_000;

    private readonly RegistryService.RegistryServiceClient _registry = new(channel);
    private readonly ReportingService.ReportingServiceClient _reporting = new(channel);
    private readonly AdminService.AdminServiceClient _admin = new(channel);
    private readonly PolicyService.PolicyServiceClient _policy = new(channel);

    public async Task SendAsync(CancellationToken cancellation)
    {
        await console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                foreach (var rate in world.Rates)
                    await _admin.SetExchangeRateAsync(new() { Currency = rate.Currency, Target = rate.Target, Period = rate.Period, Rate = rate.Rate }, cancellationToken: cancellation);
                foreach (var bureau in world.Bureaus)
                    await RegisterAsync(bureau, progress.AddTask($"bureau {bureau.Bureau}: enterprises", maxValue: bureau.Enterprises.Count), cancellation);
                foreach (var set in world.RivalSets)
                    await DeclareAsync(set, cancellation);
                foreach (var bureau in world.Bureaus)
                    await ReportAsync(bureau.Bureau, progress.AddTask($"bureau {bureau.Bureau}: reports"), cancellation);
            });
        if (world.Bureaus.Any(b => b.Bureau == DemoFacts.Suzhou))
            await SendBadRowsAsync(cancellation);
        await _admin.CheckpointAsync(new(), cancellationToken: cancellation);
    }

    private async Task RegisterAsync(DemoBureau bureau, ProgressTask task, CancellationToken cancellation)
    {
        foreach (var estate in bureau.Estates)
        {
            await _registry.CreateEstateAsync(
                new() { EstateId = estate.Name["estates/".Length..], Estate = estate }, cancellationToken: cancellation);
        }
        using var call = _registry.ImportEnterprises(cancellationToken: cancellation);
        var offset = 0L;
        foreach (var batch in bureau.Enterprises.Chunk(BatchRows))
        {
            await call.RequestStream.WriteAsync(new() { Offset = offset, Enterprises = { batch } }, cancellation);
            if (!await call.ResponseStream.MoveNext(cancellation) || call.ResponseStream.Current.Receipt is not { } receipt)
                throw new RpcException(new Status(StatusCode.Internal, "the import of enterprises was not answered"));
            if (receipt.Rejected > 0)
                throw new RpcException(new Status(StatusCode.Internal, $"the demo's own enterprises were rejected: {receipt.Rows[0]}"));
            offset += batch.Length;
            task.Value = offset;
        }
        await call.RequestStream.CompleteAsync();
        while (await call.ResponseStream.MoveNext(cancellation))
        {
            // The server ends the stream once it has seen its end.
        }
        task.Value = task.MaxValue;
    }

    /// <summary>A set that is there already stays as it is: who tries the demo may have changed it.</summary>
    private async Task DeclareAsync(RivalSet set, CancellationToken cancellation)
    {
        var known = await _policy.ListRivalSetsAsync(new() { Region = set.Regions[0] }, cancellationToken: cancellation);
        if (known.RivalSets.Count > 0)
            return;
        await _policy.CreateRivalSetAsync(
            new()
            {
                RivalSetId = set.Name["rivalSets/".Length..],
                RivalSet = set,
                DecidedBy = "demo",
                Reason = "the paper: Taiwan's electronics capital from Dongguan to Suzhou",
            },
            cancellationToken: cancellation);
    }

    private async Task ReportAsync(string bureau, ProgressTask task, CancellationToken cancellation)
    {
        var submission = await _reporting.CreateSubmissionAsync(
            new() { Parent = $"bureaus/{bureau.ToLowerInvariant()}", SubmissionId = "demo-2003-2004" }, cancellationToken: cancellation);
        task.MaxValue = world.ReportCount(bureau);
        task.Value = submission.NextOffset;
        if (submission.State == Submission.Types.State.Finalized)
            return;
        using var call = _reporting.AppendReports(cancellationToken: cancellation);
        var answers = ReadAnswersAsync(call, task, cancellation);
        var request = new AppendReportsRequest { Submission = submission.Name, Offset = submission.NextOffset };
        foreach (var report in world.Reports(bureau).Skip(checked((int)submission.NextOffset)))
        {
            request.Reports.Add(report);
            if (request.Reports.Count < BatchRows)
                continue;
            await call.RequestStream.WriteAsync(request, cancellation);
            request = new() { Offset = request.Offset + request.Reports.Count };
        }
        if (request.Reports.Count > 0)
            await call.RequestStream.WriteAsync(request, cancellation);
        await call.RequestStream.CompleteAsync();
        await answers;
        await _reporting.FinalizeSubmissionAsync(new() { Name = submission.Name }, cancellationToken: cancellation);
        task.Value = task.MaxValue;
    }

    private static async Task ReadAnswersAsync(
        AsyncDuplexStreamingCall<AppendReportsRequest, AppendReportsResponse> call, ProgressTask task, CancellationToken cancellation)
    {
        await foreach (var answer in call.ResponseStream.ReadAllAsync(cancellation))
        {
            if (answer.Error is { } error)
                throw new RpcException(new Status((StatusCode)error.Code, error.Message));
            task.Value = answer.NextOffset;
        }
    }

    private async Task SendBadRowsAsync(CancellationToken cancellation)
    {
        var answer = await _reporting.BatchCreateReportsAsync(
            new() { Parent = $"bureaus/{DemoFacts.Suzhou}", RequestId = "demo-bad-rows", Reports = { world.BadRows() } },
            cancellationToken: cancellation);
        var table = new Table().Title("Rows that were sent to be rejected · 故意报送的错误数据").AddColumns("row", "field", "value", "reason", "rule");
        foreach (var row in answer.Receipt.Rows)
        {
            foreach (var violation in row.Violations)
            {
                table.AddRow(
                    new Text(row.Row.ToString(CultureInfo.InvariantCulture)), new Text(violation.Field), new Text(violation.Value),
                    new Text(violation.Reason), new Text(violation.Rule));
            }
        }
        console.Write(table);
        console.WriteLine($"{answer.Receipt.Rejected} of {answer.Receipt.Rejected + answer.Receipt.Accepted + answer.Receipt.Duplicate + answer.Receipt.Revised} rejected, one by one; the rest of a batch lands.");
    }
}
