using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Gateway.Reporting;
using ClusterPulse.Ingest;
using ClusterPulse.Maintenance;
using ClusterPulse.Reference;
using ClusterPulse.V1;
using ClusterPulse.Validation;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using ObligationRule = ClusterPulse.V1.ObligationRule;
using ReportingCalendar = ClusterPulse.V1.ReportingCalendar;
using Today = ClusterPulse.Maintenance.ReportingCalendar;

namespace ClusterPulse.Gateway.Registry;

/// <summary>ObligationService.</summary>
public sealed class ObligationEndpoint(IGrainFactory grains, ReferenceData reference, Today today) : ObligationService.ObligationServiceBase
{
    private const int LongestPage = 1_000;

    private IMaintenanceGrain Maintenance => grains.GetGrain<IMaintenanceGrain>(0);

    public override async Task<ListObligationsResponse> ListObligations(ListObligationsRequest request, ServerCallContext context)
    {
        var wrong = new List<Violation>();
        var after = request.PageToken.Length == 0 ? "" : EnterpriseName.Parse(request.PageToken).Id;
        if (after is null)
            wrong.Add(new("page_token", request.PageToken, Reasons.MalformedToken));
        var query = Query(request.Parent, request.Period, request.Feeds, wrong) with
        {
            States = ObligationMessages.StatesOf(request.States, wrong),
            After = after ?? "",
            Limit = request.PageSize is > 0 and <= LongestPage ? request.PageSize : LongestPage,
        };
        ThrowIf(wrong);
        var page = await grains.GetGrain<IObligationGrain>(0).ListAsync(query);
        var response = new ListObligationsResponse { NextPageToken = page.Next ?? "" };
        response.Obligations.AddRange(page.Rows.Select(o => ObligationMessages.ToMessage(o, query.Period)));
        return response;
    }

    public override async Task<CountObligationsResponse> CountObligations(CountObligationsRequest request, ServerCallContext context)
    {
        var wrong = new List<Violation>();
        var query = Query(request.Parent, request.Period, request.Feeds, wrong);
        ThrowIf(wrong);
        var response = new CountObligationsResponse { Period = query.Period.ToString() };
        response.Counts.AddRange((await grains.GetGrain<IObligationGrain>(0).CountAsync(query)).Select(ObligationMessages.ToMessage));
        return response;
    }

    public override async Task<ListObligationRulesResponse> ListObligationRules(ListObligationRulesRequest request, ServerCallContext context)
    {
        var response = new ListObligationRulesResponse();
        response.ObligationRules.AddRange((await Maintenance.ListObligationRulesAsync()).Select(ObligationMessages.ToMessage));
        return response;
    }

    public override async Task<ObligationRule> UpdateObligationRule(UpdateObligationRuleRequest request, ServerCallContext context)
    {
        var message = request.ObligationRule ?? throw RichErrors.Invalid(new Violation("obligation_rule", "", Reasons.MissingField));
        var (decidedBy, reason) = Decision(request.DecidedBy, request.Reason);
        var id = ObligationMessages.RuleId("obligation_rule.name", message.Name);
        var held = await FindRuleAsync(id) ?? (request.AllowMissing ? new() { Id = id, Feeds = [] } : throw NoRule(message.Name));
        ThrowIfChanged(held, message.Etag);
        var wanted = ObligationMessages.FromMessage(held, message, request.UpdateMask?.Paths, reference);
        return await Maintenance.PutObligationRuleAsync(wanted, false, decidedBy, reason) is { } stored
            ? ObligationMessages.ToMessage(stored)
            : throw Changed(message.Name);
    }

    public override async Task<Empty> DeleteObligationRule(DeleteObligationRuleRequest request, ServerCallContext context)
    {
        var (decidedBy, reason) = Decision(request.DecidedBy, "deleted");
        var held = await FindRuleAsync(ObligationMessages.RuleId("name", request.Name)) ?? throw NoRule(request.Name);
        ThrowIfChanged(held, request.Etag);
        return await Maintenance.PutObligationRuleAsync(held, true, decidedBy, reason) is null ? throw Changed(request.Name) : new();
    }

    public override async Task<ReportingCalendar> GetReportingCalendar(GetReportingCalendarRequest request, ServerCallContext context)
    {
        ThrowIfOther("name", request.Name);
        return CalendarMessages.ToMessage(await Maintenance.GetCalendarAsync());
    }

    public override async Task<ReportingCalendar> UpdateReportingCalendar(UpdateReportingCalendarRequest request, ServerCallContext context)
    {
        var message = request.ReportingCalendar ?? throw RichErrors.Invalid(new Violation("reporting_calendar", "", Reasons.MissingField));
        ThrowIfOther("reporting_calendar.name", message.Name);
        var (decidedBy, reason) = Decision(request.DecidedBy, request.Reason);
        var held = await Maintenance.GetCalendarAsync();
        if (Etags.Version(message.Etag) is { } version && version != held.Version)
            throw Changed(CalendarMessages.Name);
        var wanted = CalendarMessages.FromMessage(held, message, request.UpdateMask?.Paths) with { DecidedBy = decidedBy, Reason = reason };
        return await Maintenance.SetCalendarAsync(wanted) is { } stored ? CalendarMessages.ToMessage(stored) : throw Changed(CalendarMessages.Name);
    }

    private ObligationQuery Query(string parent, string period, IEnumerable<V1.Feed> feeds, List<Violation> wrong)
    {
        // A bureau's id is the code of its region.
        var code = parent.StartsWith("regions/", StringComparison.Ordinal) ? parent["regions/".Length..]
            : parent.StartsWith("bureaus/", StringComparison.Ordinal) ? parent["bureaus/".Length..]
            : "";
        var match = reference.Regions.History.Find(code);
        if (match.IsDivided)
            wrong.Add(new("parent", parent, Reasons.DividedRegion, string.Join(' ', match.Successors.Select(r => r.Code))));
        else if (match.Region is null)
            wrong.Add(new("parent", parent, parent.Length == 0 ? Reasons.MissingField : Reasons.UnknownRegion));
        var month = today.Current - 1;
        if (period.Length > 0 && !Month.TryParse(period, out month))
            wrong.Add(new("period", period, Reasons.MalformedPeriod));
        else if (month < Month.Earliest)
            wrong.Add(new("period", period, Reasons.PeriodTooEarly));
        return new() { Region = match.Region?.Code ?? "", Period = month, Feeds = ObligationMessages.FeedsOf("feeds", feeds, wrong) };
    }

    private async Task<ClusterPulse.Maintenance.ObligationRule?> FindRuleAsync(string id) =>
        (await Maintenance.ListObligationRulesAsync()).FirstOrDefault(r => r.Id == id);

    private static (string By, string Reason) Decision(string decidedBy, string reason)
    {
        var wrong = new List<Violation>();
        if (decidedBy.Length == 0)
            wrong.Add(new("decided_by", "", Reasons.MissingField));
        if (reason.Length == 0)
            wrong.Add(new("reason", "", Reasons.MissingField));
        ThrowIf(wrong);
        return (decidedBy, reason);
    }

    private static void ThrowIf(List<Violation> wrong)
    {
        if (wrong.Count > 0)
            throw RichErrors.Invalid(wrong);
    }

    private static void ThrowIfOther(string field, string name)
    {
        if (name.Length > 0 && name != CalendarMessages.Name)
            throw RichErrors.Invalid(new Violation(field, name, Reasons.MalformedName, CalendarMessages.Name));
    }

    private static void ThrowIfChanged(ClusterPulse.Maintenance.ObligationRule held, string etag)
    {
        if (Etags.Version(etag) is { } version && version != held.Version)
            throw Changed("obligationRules/" + held.Id);
    }

    private static RpcException NoRule(string name) => RichErrors.NotFound(
        name, "Make it with UpdateObligationRule and allow_missing.", "请以 UpdateObligationRule（allow_missing）创建。");

    private static RpcException Changed(string name) => RichErrors.Conflict(
        Code.Aborted, $"{name} has changed. Read it again.", $"{name} 已变更，请重新读取。");
}
