using ClusterPulse.Access;
using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Gateway.Reporting;
using ClusterPulse.Maintenance;
using ClusterPulse.Reference;
using ClusterPulse.Validation;
using Google.Protobuf;
using Grpc.Core;

namespace ClusterPulse.Gateway.Rights;

/// <summary>Holds what a request names against what is the caller's.</summary>
public sealed class ScopeJudge(ReferenceData reference, IGrainFactory grains)
{
    private const string Bureaus = "bureaus/";
    private const string Regions = "regions/";

    /// <summary>Asks all rules of a method.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED: one is not met; INVALID_ARGUMENT: a name cannot be read.</exception>
    public async ValueTask DemandAsync(Caller caller, MethodRight right, IMessage request)
    {
        if (caller.IsTrial)
            return;
        foreach (var scope in right.Scopes)
        {
            var names = scope.Field.Length == 0 ? [] : RequestFields.Read(request, scope.Field);
            await DemandAsync(caller, scope, names, scope.Period.Length == 0 ? null : RequestFields.Read(request, scope.Period));
        }
    }

    private async ValueTask DemandAsync(Caller caller, Scope scope, IReadOnlyList<string> names, IReadOnlyList<string>? period)
    {
        switch (scope.Kind)
        {
            case ScopeKind.Everywhere when !caller.Everywhere:
                throw RichErrors.Denied(
                    $"This concerns all divisions, and those of '{caller.Id}' are {caller.DivisionWords}.",
                    $"此操作涉及全部区域，而“{caller.Id}”的区域为 {caller.DivisionWords}。");
            case ScopeKind.Firms when caller.Level != SightLevel.Enterprise && !caller.Roles.HasFlag(Roles.Bureau):
                throw FirmSight.Denied();
            case ScopeKind.Everywhere or ScopeKind.Firms:
            case ScopeKind.BureauIfNamed or ScopeKind.PlaceIfNamed when names.Count == 0:
                return;
        }
        if (names.Count == 0 && (scope.Kind == ScopeKind.Bureau || !caller.Everywhere))
            throw Elsewhere(caller, scope.Field, "");
        foreach (var name in names)
        {
            if (!await IsMetAsync(caller, scope.Kind, name, period))
                throw Elsewhere(caller, scope.Field, name);
        }
    }

    private async ValueTask<bool> IsMetAsync(Caller caller, ScopeKind kind, string name, IReadOnlyList<string>? period) => kind switch
    {
        ScopeKind.Bureau or ScopeKind.BureauIfNamed => IsOwnBureau(caller, name),
        ScopeKind.BureauOrPlace when name.StartsWith(Bureaus, StringComparison.Ordinal) =>
            IsOwnBureau(caller, name) || (caller.Roles.HasFlag(Roles.Centre) && await CoversAsync(caller, Regions + name[Bureaus.Length..])),
        ScopeKind.Enterprise => await KnewAsync(caller, name),
        ScopeKind.WrittenEnterprise => await HoldsAsync(caller, name, period is [var month] && Month.TryParse(month, out var from) ? from : null),
        ScopeKind.Report => await HoldsReportAsync(caller, name, written: false),
        ScopeKind.WrittenReport => await HoldsReportAsync(caller, name, written: true),
        _ => await CoversAsync(caller, name),
    };

    private static bool IsOwnBureau(Caller caller, string name)
    {
        if (!name.StartsWith(Bureaus, StringComparison.Ordinal))
            return false;
        var end = name.IndexOf('/', Bureaus.Length);
        return caller.IsBureau(end < 0 ? name[Bureaus.Length..] : name[Bureaus.Length..end]);
    }

    private async ValueTask<bool> CoversAsync(Caller caller, string name)
    {
        if (caller.Everywhere)
            return true;
        if (!Places.IsEstate(name))
            return Covers(caller, name.StartsWith(Regions, StringComparison.Ordinal) ? First(name[Regions.Length..]) : First(name));
        var id = First(Places.Code(name));
        var estates = await grains.GetGrain<IMaintenanceGrain>(0).ListEstatesAsync();
        return estates.FirstOrDefault(e => e.Id == id) is { } estate && Covers(caller, estate.Region);
    }

    private bool Covers(Caller caller, string code) => reference.Regions.History.Find(code).Region is { } region && caller.Covers(region);

    /// <summary>Whether it lies in the caller's divisions or once did.</summary>
    private async ValueTask<bool> KnewAsync(Caller caller, string name) =>
        caller.Everywhere
        || await grains.GetGrain<IEnterpriseGrain>(Id(name)).GetHistoryAsync() is not { } history
        || history.Profiles.Any(p => Covers(caller, p.Region));

    /// <summary>Whether it lies in the caller's divisions in a month, or is not registered.</summary>
    private async ValueTask<bool> HoldsAsync(Caller caller, string name, Month? month)
    {
        if (caller.Everywhere)
            return true;
        var grain = grains.GetGrain<IEnterpriseGrain>(Id(name));
        return (await grain.GetAsync(month) ?? await grain.GetAsync(null)) is not { } view || Covers(caller, view.Profile.Region);
    }

    private async ValueTask<bool> HoldsReportAsync(Caller caller, string name, bool written)
    {
        var (enterprise, key) = ReportName.Parse("name", name);
        return (!written || caller.MaySend(key.Feed)) && await HoldsAsync(caller, enterprise, key.Period);
    }

    private static string Id(string name)
    {
        const string Prefix = "enterprises/";
        var own = name.StartsWith(Prefix, StringComparison.Ordinal) ? Prefix + First(name[Prefix.Length..]) : First(name);
        var (id, reason) = EnterpriseName.Parse(own);
        return id ?? throw RichErrors.Invalid(new Violation("name", name, reason!));
    }

    private static string First(string path) => path.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? path[..at] : path;

    private static RpcException Elsewhere(Caller caller, string field, string name) => RichErrors.Denied(
        $"{field}: '{name}' is not yours. Principal '{caller.Id}' has divisions {caller.DivisionWords}{BureauWords(caller)}. Ask the operator.",
        $"{field}：“{name}”不在您的范围内。主体“{caller.Id}”的区域为 {caller.DivisionWords}{BureauWords(caller)}。请联系系统管理员。");

    private static string BureauWords(Caller caller) => caller.Bureau is null ? "" : $", {Bureaus}{caller.Bureau}";
}
