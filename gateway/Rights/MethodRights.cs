using System.Collections.Frozen;
using ClusterPulse.Access;
using Grpc.AspNetCore.Server;
using static ClusterPulse.Access.Roles;

namespace ClusterPulse.Gateway.Rights;

/// <summary>The one table of methods, over gRPC and over JSON alike; <c>docs/access.md</c> shows the same. A method without a row
/// is closed to everybody.</summary>
public sealed class MethodRights : IRightTable
{
    private const string Package = "clusterpulse.v1.";
    private const Roles Readers = Centre | Viewer;
    private const Roles Users = Bureau | Centre | Viewer;

    /// <summary>All rows.</summary>
    public static IReadOnlyList<MethodRight> All { get; } =
    [
        Row("ReportingService/CreateSubmission", Bureau, Scope.Bureau("parent")),
        Row("ReportingService/GetSubmission", Bureau, Scope.Bureau("name")),
        Row("ReportingService/ListSubmissions", Bureau, Scope.Bureau("parent")),
        Row("ReportingService/FinalizeSubmission", Bureau, Scope.Bureau("name")),
        Row("ReportingService/WithdrawSubmission", Bureau, Scope.Bureau("name")),
        Row("ReportingService/AppendReports", Bureau, Scope.Bureau("submission")),
        Row("ReportingService/BatchCreateReports", Bureau, Scope.Bureau("parent")),
        Row("ReportingService/GetReport", Users, Scope.Firms, Scope.Report("name")),
        Row("ReportingService/ListReports", Users, Scope.Firms, Scope.Enterprise("parent")),
        Row("ReportingService/ListReportRevisions", Users, Scope.Firms, Scope.Report("name")),
        Row("ReportingService/ListRejections", Bureau, Scope.Bureau("parent")),
        Row("ReportingService/GetReceipt", Bureau, Scope.Bureau("name")),
        Row("ReportingService/ListReceipts", Bureau, Scope.Bureau("parent")),
        Row("ReportingService/WithdrawReport", Bureau, Scope.Bureau("bureau"), Scope.WrittenReport("name")),
        Row("ReportingService/ChooseReport", Centre, Scope.Firms, Scope.Report("name")),

        Row("RegistryService/GetEnterprise", Users, Scope.Firms, Scope.Enterprise("name")),
        Row("RegistryService/ListEnterprises", Users, Scope.Firms, Scope.Within("region")),
        Row("RegistryService/ListEnterpriseVersions", Users, Scope.Firms, Scope.Enterprise("name")),
        Row("RegistryService/UpdateEnterprise", Bureau | Centre, Scope.PlaceIfNamed("enterprise.region"), Scope.WrittenEnterprise("enterprise.name", "enterprise.valid_from")),
        Row("RegistryService/DeleteEnterprise", Bureau | Centre, Scope.WrittenEnterprise("name", "period")),
        Row("RegistryService/ImportEnterprises", Bureau | Centre, Scope.BureauIfNamed("submission")),
        Row("RegistryService/GetEstate", Users, Scope.Place("name")),
        Row("RegistryService/ListEstates", Users, Scope.Within("region")),
        Row("RegistryService/CreateEstate", Centre, Scope.Place("estate.region")),
        Row("RegistryService/UpdateEstate", Centre, Scope.Place("estate.name")),
        Row("RegistryService/DeleteEstate", Centre, Scope.Place("name")),
        Row("RegistryService/ListRegions", Users | Operator),
        Row("RegistryService/GetClusterDefinition", Users),
        Row("RegistryService/ListClusterDefinitions", Users),
        Row("RegistryService/CreateClusterDefinition", Centre, Scope.Within("cluster_definition.regions")),
        Row("RegistryService/UpdateClusterDefinition", Centre, Scope.Everywhere),
        Row("RegistryService/DeleteClusterDefinition", Centre, Scope.Everywhere),

        Row("ObligationService/ListObligations", Bureau | Centre, Scope.Firms, Scope.BureauOrPlace("parent")),
        Row("ObligationService/CountObligations", Users, Scope.BureauOrPlace("parent")),
        Row("ObligationService/ListObligationRules", Users | Operator),
        Row("ObligationService/UpdateObligationRule", Centre, Scope.Everywhere),
        Row("ObligationService/DeleteObligationRule", Centre, Scope.Everywhere),
        Row("ObligationService/GetReportingCalendar", Users | Operator),
        Row("ObligationService/UpdateReportingCalendar", Centre, Scope.Everywhere),

        Row("IndicatorService/ListIndicators", Users | Operator),
        Row("IndicatorService/GetHealth", Readers, Scope.Place("name")),
        Row("IndicatorService/ListClusters", Readers, Scope.Place("parent")),
        Row("IndicatorService/ListHealth", Readers, Scope.Place("parent")),
        Row("IndicatorService/QueryObservations", Readers, Scope.Place("names")),
        Row("IndicatorService/ExplainChange", Readers, Scope.Place("name")),
        Row("IndicatorService/SimulateExit", Readers, Scope.Place("name")),
        Row("IndicatorService/RankLeadingEnterprises", Readers, Scope.Firms, Scope.Place("name")),
        Row("WatchService/WatchHealth", Readers, Scope.Place("parents")),

        Row("PolicyService/ListAlertPolicies", Readers, Scope.Place("parent")),
        Row("PolicyService/UpdateAlertPolicy", Centre, Scope.Place("alert_policy.name")),
        Row("PolicyService/DeleteAlertPolicy", Centre, Scope.Place("name")),
        Row("PolicyService/GetRivalSet", Readers),
        Row("PolicyService/ListRivalSets", Readers),
        Row("PolicyService/CreateRivalSet", Centre, Scope.Within("rival_set.regions")),
        Row("PolicyService/UpdateRivalSet", Centre, Scope.Everywhere),
        Row("PolicyService/DeleteRivalSet", Centre, Scope.Everywhere),
        Row("PolicyService/ListWatches", Readers, Scope.Place("parent")),
        Row("PolicyService/CreateWatch", Centre, Scope.Place("parent")),
        Row("PolicyService/DeleteWatch", Centre, Scope.Place("name")),

        Row("AdminService/ClosePeriod", Operator),
        Row("AdminService/RunAudit", Operator),
        Row("AdminService/RebuildAggregates", Operator),
        Row("AdminService/Checkpoint", Operator),
        Row("AdminService/SetExchangeRate", Operator),

        Row("ReleaseService/CreateRelease", Centre, Scope.Everywhere),
        Row("ReleaseService/PublishRelease", Centre, Scope.Everywhere),
        Row("ReleaseService/ListReleases", Readers),

        Row("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", Any),
        Row("grpc.reflection.v1.ServerReflection/ServerReflectionInfo", Any),
        new("grpc.health.v1.Health/Check", new(None, Public: true), []),
        new("grpc.health.v1.Health/Watch", new(None, Public: true), []),
    ];

    private static readonly FrozenDictionary<string, MethodRight> ByMethod = All.ToFrozenDictionary(r => r.Method, StringComparer.Ordinal);

    /// <summary>The row of a method; null where there is none.</summary>
    /// <param name="fullName">As gRPC names it, <c>/package.Service/Method</c>.</param>
    public static MethodRight? Find(string fullName)
    {
        var name = fullName.TrimStart('/');
        return ByMethod.GetValueOrDefault(name.StartsWith(Package, StringComparison.Ordinal) ? name[Package.Length..] : name);
    }

    public EntryRight? Find(Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<GrpcMethodMetadata>() is { } grpc)
            return Find(grpc.Method.FullName)?.Right;
        // Where a service has no such method, or the server no such service: it says so to those who are somebody.
        return endpoint is RouteEndpoint { RoutePattern.RawText: { } path } && path.Contains("{unimplementedMethod", StringComparison.Ordinal)
            ? new EntryRight(Any)
            : null;
    }

    private static MethodRight Row(string method, Roles roles, params IReadOnlyList<Scope> scopes) => new(method, new(roles), scopes);
}
