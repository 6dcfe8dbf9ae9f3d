using System.Collections.Immutable;
using System.Globalization;
using ClusterPulse.Access;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Gateway.Indicators;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using ClusterPulse.Reference;
using ClusterPulse.V1;
using ClusterPulse.Validation;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using ReportingCalendar = ClusterPulse.Maintenance.ReportingCalendar;

namespace ClusterPulse.Gateway.Administration;

/// <summary>AdminService.</summary>
public sealed class AdminEndpoint(
    IGrainFactory grains, PlaceQueries queries, ReferenceData reference, ReportingCalendar calendar, TimeProvider time,
    IHostApplicationLifetime lifetime)
    : AdminService.AdminServiceBase
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromMilliseconds(500);
    private const int CycleAttempts = 5;
    private const int MostListed = 100;

    private IMaintenanceGrain Maintenance => grains.GetGrain<IMaintenanceGrain>(0);

    public override async Task<ClosePeriodResponse> ClosePeriod(ClosePeriodRequest request, ServerCallContext context)
    {
        var feed = Vocabulary.Feed(request.Feed) ?? throw RichErrors.Invalid(new Violation("feed", request.Feed.ToString(), Reasons.UnknownFeed));
        var period = PlaceQueries.Month("period", request.Period) ?? throw RichErrors.Invalid(new Violation("period", "", Reasons.MissingField));
        if (request.ClosedBy.Length == 0)
            throw RichErrors.Invalid(new Violation("closed_by", "", Reasons.MissingField));
        if (period >= calendar.Current)
        {
            throw RichErrors.Conflict(
                Code.FailedPrecondition, $"{period} has not ended; a month can be closed once it has.", $"{period} 尚未结束，月末之后方可关账。");
        }
        var closed = await Maintenance.ClosePeriodAsync(feed, period, request.ClosedBy);
        return closed ? new() { CloseTime = time.GetUtcNow().ToTimestamp() } : new() { AlreadyClosed = true };
    }

    public override async Task RunAudit(RunAuditRequest request, IServerStreamWriter<RunAuditResponse> responseStream, ServerCallContext context)
    {
        var place = request.Name.Length == 0 ? null : await queries.PlaceAsync(request.Name);
        if (request.Listed.Count > MostListed)
            throw RichErrors.Invalid(new Violation("listed", request.Listed.Count.ToString(CultureInfo.InvariantCulture), Reasons.OutOfBounds));
        // An operator learns how many figures differ, and not what they are.
        var caller = context.GetHttpContext().Caller();
        var seesFigures = caller is { Everywhere: true, Level: SightLevel.Enterprise } && caller.Roles.HasFlag(Roles.Centre);
        if (!seesFigures && request.Listed.Count > 0)
        {
            throw RichErrors.Denied(
                "listed: figures are given to a centre of all divisions and of level Enterprise only. Leave it out.",
                "listed：数据仅向覆盖全部区域且为 Enterprise 级别的监测中心提供。请勿填写。");
        }
        var listed = new List<string>();
        foreach (var name in request.Listed)
            listed.Add(await queries.PlaceAsync(name));
        var result = await WithProgressAsync(
            AuditAsync(place, [.. listed]), p => responseStream.WriteAsync(new() { Progress = p }, context.CancellationToken), context);
        if (!seesFigures)
        {
            result.Samples.Clear();
            result.FigureSamples.Clear();
        }
        await responseStream.WriteAsync(new() { Progress = 1, Result = result }, context.CancellationToken);
    }

    public override async Task RebuildAggregates(
        RebuildAggregatesRequest request, IServerStreamWriter<RebuildAggregatesResponse> responseStream, ServerCallContext context)
    {
        var place = request.Name.Length == 0 ? null : await queries.PlaceAsync(request.Name);
        var result = await WithProgressAsync(
            Maintenance.RebuildAsync(place), p => responseStream.WriteAsync(new() { Progress = p }, context.CancellationToken), context);
        await responseStream.WriteAsync(
            new() { Progress = 1, Enterprises = result.Enterprises, Places = result.Places }, context.CancellationToken);
    }

    public override async Task<CheckpointResponse> Checkpoint(CheckpointRequest request, ServerCallContext context)
    {
        for (var attempt = 0; attempt < CycleAttempts; attempt++)
        {
            var places = await Maintenance.CycleAsync();
            if (places >= 0)
                return new() { Places = places };
        }
        throw RichErrors.Unavailable("Another activation stored checkpoints at the same time", "检查点正由另一实例写入").ToRpcException();
    }

    public override async Task<SetExchangeRateResponse> SetExchangeRate(SetExchangeRateRequest request, ServerCallContext context)
    {
        var period = PlaceQueries.Month("period", request.Period) ?? throw RichErrors.Invalid(new Violation("period", "", Reasons.MissingField));
        Currency("currency", request.Currency);
        Currency("target", request.Target);
        if (!double.IsFinite(request.Rate) || request.Rate <= 0)
            throw RichErrors.Invalid(new Violation("rate", request.Rate.ToString(CultureInfo.InvariantCulture), Reasons.OutOfBounds));
        await Maintenance.SetExchangeRateAsync(request.Currency, request.Target, period, request.Rate);
        return new();
    }

    /// <summary>A silo of an earlier build can audit, but not list.</summary>
    private async Task<V1.AuditResult> AuditAsync(string? place, ImmutableArray<string> listed) => listed.IsEmpty
        ? AuditMessages.Of(await Maintenance.AuditAsync(place))
        : AuditMessages.Of(await Maintenance.AuditListedAsync(place, listed));

    private void Currency(string field, string code)
    {
        if (!reference.Currencies.TryGet(code, out _))
            throw RichErrors.Invalid(new Violation(field, code, Reasons.UnknownCurrency));
    }

    private async Task<T> WithProgressAsync<T>(Task<T> work, Func<double, Task> report, ServerCallContext context)
    {
        // The work goes on without the one who asked for it, and without this gateway.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        while (await Task.WhenAny(work, Task.Delay(ProgressEvery, time, ending.Token)) != work)
        {
            ending.Token.ThrowIfCancellationRequested();
            await report(await Maintenance.ProgressAsync());
        }
        return await work;
    }
}
