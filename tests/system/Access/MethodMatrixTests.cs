using System.Text;
using ClusterPulse.Access;
using ClusterPulse.Gateway.Rights;
using ClusterPulse.V1;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ClusterPulse.SystemTests.Access;

/// <summary>Every method by every role, over the wire.</summary>
public sealed class MethodMatrixTests(AccessWorld world, ITestOutputHelper output) : IClassFixture<AccessWorld>
{
    private static readonly Dictionary<string, MethodDescriptor> Methods = typeof(ReportingServiceReflection).Assembly.GetTypes()
        .Where(t => t.Name.EndsWith("Reflection", StringComparison.Ordinal) && t.Namespace == "ClusterPulse.V1")
        .Select(t => (FileDescriptor)t.GetProperty("Descriptor")!.GetValue(null)!)
        .Append(HealthReflection.Descriptor)
        .SelectMany(f => f.Services).SelectMany(s => s.Methods)
        .ToDictionary(m => $"/{m.Service.FullName}/{m.Name}");

    /// <summary>A sweep over fewer has missed some.</summary>
    private const int FewestMethods = 50;

    /// <summary>Methods that the running program has.</summary>
    private IEnumerable<MethodDescriptor> Served => Endpoints
        .Select(e => e.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName).OfType<string>().Distinct()
        .Where(Methods.ContainsKey).Select(m => Methods[m]).OrderBy(m => m.FullName, StringComparer.Ordinal);

    private IEnumerable<Microsoft.AspNetCore.Http.Endpoint> Endpoints =>
        ((IEndpointRouteBuilder)world.App).DataSources.SelectMany(s => s.Endpoints);

    [Fact]
    public void Every_endpoint_has_a_row()
    {
        var tables = world.App.Services.GetServices<IRightTable>().ToList();
        var without = Endpoints.Where(e => tables.All(t => t.Find(e) is null)).Select(e => e.DisplayName ?? "?").ToList();

        Assert.True(without.Count == 0,
            "These endpoints are closed to everybody, since no table of rights has a row for them. A method of gRPC gets one in "
            + "gateway/Rights/MethodRights.cs, an HTTP path one in gateway/Access/PathRights.cs, and either one in docs/access.md:\n" + string.Join('\n', without));
    }

    [Fact]
    public async Task Every_method_answers_those_whom_its_row_names_and_nobody_else()
    {
        var list = new StringBuilder();
        var wrong = new List<string>();
        Assert.True(Served.Count() > FewestMethods);
        foreach (var method in Served)
        {
            var right = MethodRights.Find($"/{method.Service.FullName}/{method.Name}")!;
            var request = RawCall.Request(method, right, "3205", named: false);
            var anonymous = await RawCall.RunAsync(world.Channel.CreateCallInvoker(), method, request, null);
            Check("nobody", right.Right.Public, anonymous, StatusCode.Unauthenticated);
            foreach (var role in AccessWorld.EachRole)
            {
                var status = await RawCall.RunAsync(world.Channel.CreateCallInvoker(), method, request, world.Issuer.Header(AccessWorld.Wide(role)));
                Check(role.ToString(), right.Right.Public || right.Right.Roles.HasFlag(role), status, StatusCode.PermissionDenied);
            }

            void Check(string who, bool allowed, Status status, StatusCode refusal)
            {
                var line = $"{right.Method} by {who}: {status.StatusCode} {status.Detail}";
                list.AppendLine(line);
                if (allowed == status.StatusCode is StatusCode.PermissionDenied or StatusCode.Unauthenticated || (!allowed && status.StatusCode != refusal))
                    wrong.Add(line);
            }
        }
        output.WriteLine(list.ToString());
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Whoever_is_bound_to_a_division_gets_that_and_nothing_else()
    {
        var wrong = new List<string>();
        Assert.True(Served.Count() > FewestMethods);
        foreach (var method in Served)
        {
            var right = MethodRights.Find($"/{method.Service.FullName}/{method.Name}")!;
            // Those of the enterprises rest on where these lie; they have tests of their own.
            if (right.Scopes.Count == 0 || right.Scopes.Any(s => s.Kind is ScopeKind.Enterprise or ScopeKind.WrittenEnterprise or ScopeKind.Report or ScopeKind.WrittenReport))
                continue;
            foreach (var role in AccessWorld.EachRole.Where(r => right.Right.Roles.HasFlag(r)))
            {
                var header = world.Issuer.Header(AccessWorld.Narrow(role));
                var invoker = world.Channel.CreateCallInvoker();
                var own = await RawCall.RunAsync(invoker, method, RawCall.Request(method, right, "3205"), header);
                var never = right.Scopes.Any(s => s.Kind == ScopeKind.Everywhere || (s.Kind is ScopeKind.Firms or ScopeKind.BureauIfNamed && role != Roles.Bureau));
                if (never != (own.StatusCode == StatusCode.PermissionDenied))
                    wrong.Add($"{right.Method} by {role} of its own: {own}");
                // What is above a division is not its own either.
                foreach (var code in (string[])["3305", "32"])
                {
                    var others = await RawCall.RunAsync(invoker, method, RawCall.Request(method, right, code), header);
                    if (others.StatusCode != StatusCode.PermissionDenied)
                        wrong.Add($"{right.Method} by {role} of {code}: {others}");
                }
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Json_goes_by_the_same_rows()
    {
        var wrong = new List<string>();
        var seen = 0;
        foreach (var endpoint in Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName is not { } method
                || endpoint.RoutePattern.RawText!.TrimStart('/') == method.TrimStart('/')
                || endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods: [var verb, ..] })
            {
                continue;
            }
            seen++;
            var right = MethodRights.Find(method)!;
            var path = "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p =>
                p is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content
                : p is Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator ? separator.Content : "3205"))));
            foreach (var role in AccessWorld.EachRole.Cast<Roles?>().Append(null))
            {
                using var client = world.Client(role is { } r ? AccessWorld.Wide(r) : null);
                using var request = new HttpRequestMessage(new(verb), path);
                if (verb is "POST" or "PATCH")
                    request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
                var status = (int)response.StatusCode;
                // What is refused later, for what it names, says so otherwise.
                var atEntry = status == 403 && (await response.Content.ReadAsStringAsync(patience.Token)).Contains("may not do this", StringComparison.Ordinal);
                var met = role is null ? status == 401 : right.Right.Roles.HasFlag(role.Value) ? status != 401 && !atEntry : atEntry;
                if (!met || (status == 404 && !await SaysWhyAsync(response)))
                    wrong.Add($"{verb} {path} by {role?.ToString() ?? "nobody"}: {status}");
            }
        }
        Assert.True(seen > 30, $"only {seen} paths");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>A 404 of the API itself, not of the router.</summary>
    private static async Task<bool> SaysWhyAsync(HttpResponseMessage response) =>
        (await response.Content.ReadAsStringAsync()).Contains("\"code\"", StringComparison.Ordinal);
}
