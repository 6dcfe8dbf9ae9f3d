using System.Net;
using System.Text;
using System.Text.Json;
using ClusterPulse.SystemTests.Support;
using ClusterPulse.V1;
using Google.Api;
using Google.Protobuf.Reflection;
using Microsoft.OpenApi;
using Xunit;

namespace ClusterPulse.SystemTests.Api;

/// <summary>The API over HTTP/JSON, and the document that describes it.</summary>
[Collection(GatewayCollection.Name)]
public sealed class HttpTests : IAsyncLifetime
{
    /// <summary>Whose methods the gateway serves; releases are declared only.</summary>
    private static readonly ServiceDescriptor[] Served =
    [
        AdminService.Descriptor, IndicatorService.Descriptor, ObligationService.Descriptor, PolicyService.Descriptor, RegistryService.Descriptor,
        ReportingService.Descriptor, WatchService.Descriptor,
    ];

    private readonly GatewayProcess _gateway;
    private readonly OwnGround _ground;
    private readonly HttpClient _http;

    public HttpTests(RunningGateway running)
    {
        (_gateway, _ground) = (running.Gateway, running.NextGround());
        _http = new() { BaseAddress = new($"http://127.0.0.1:{_gateway.HttpPort}"), Timeout = TimeSpan.FromMinutes(2) };
    }

    public async ValueTask InitializeAsync() => await _ground.PrepareAsync(_gateway.Channel);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Every_method_but_streams_of_clients_has_a_path()
    {
        var without = Served.SelectMany(s => s.Methods).Where(m => !m.IsClientStreaming && Rules(m).Count == 0).Select(m => m.FullName);

        Assert.Empty(without);
    }

    [Fact]
    public async Task The_document_is_valid_and_has_every_annotated_method()
    {
        var document = await DocumentAsync();

        var described = document.Paths.SelectMany(p => p.Value.Operations!.Select(o => (Verb: o.Key.Method, Path: p.Key, Method: o.Value.OperationId!.TrimEnd('2', '3', '4'))));
        var annotated = Served.SelectMany(s => s.Methods).SelectMany(m => Rules(m).Select(r => (Verb: Verb(r), Path: OpenApiPath(r), Method: m.Name)));
        Assert.Equal(annotated.Order(), described.Order());
        Assert.True(document.Paths.Count > 30, $"only {document.Paths.Count} paths");
    }

    [Fact]
    public async Task The_document_says_what_the_proto_files_say()
    {
        var document = await DocumentAsync();

        var health = document.Paths["/v1/regions/{region}/health"].Operations![HttpMethod.Get];
        Assert.StartsWith("All indicators of one region", health.Summary, StringComparison.Ordinal);
        Assert.Equal(["region", "period", "asOf", "minCommitToken"], health.Parameters!.Select(p => p.Name));
        Assert.Contains("newest complete month", health.Parameters!.Single(p => p.Name == "period").Description, StringComparison.Ordinal);
        var batch = document.Paths["/v1/bureaus/{bureau}/reports:batchCreate"].Operations![HttpMethod.Post];
        var report = Meant(batch.RequestBody!.Content!["application/json"].Schema!).Properties!["reports"].Items!;
        var value = Meant(Meant(report.Properties!["output"]).Properties!["value"]);
        Assert.Equal(JsonSchemaType.String, Meant(value.Properties!["minorUnits"]).Type);
        Assert.Contains("FEED_OUTPUT", Meant(report.Properties!["feed"]).Enum!.Select(e => e.GetValue<string>()));
        Assert.NotNull(health.Responses!["default"].Content!["application/json"].Schema!.Properties!["details"]);
    }

    [Fact]
    public async Task What_the_document_says_of_a_path_holds()
    {
        using var response = await _http.PostAsync(
            new Uri($"/v1/{_ground.Bureau}/reports:batchCreate", UriKind.Relative),
            Json($$"""{"requestId":"h1","reports":[{"enterprise":"{{_ground.Firm}}","feed":"FEED_OUTPUT","period":"2004-10","output":{"value":{"currency":"CNY","minorUnits":"700"} } }]}"""));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var token = (await ReadAsync(response)).GetProperty("receipt").GetProperty("commitToken").GetString();

        var health = JsonDocument.Parse(await _http.GetStringAsync(
            new Uri($"/v1/{_ground.Prefecture}/health?period=2004-10&minCommitToken={Uri.EscapeDataString(token!)}", UriKind.Relative))).RootElement;

        Assert.Equal(7, health.GetProperty("observations").EnumerateArray().Single(o => o.GetProperty("indicator").GetString() == "indicators/output_cny").GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task A_watch_is_newline_delimited_json_that_flows()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var response = await _http.GetAsync(
            new Uri($"/v1/health:watch?parents={_ground.Prefecture}&indicators=output_cny&minInterval=0.2s", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, patience.Token);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));
        await UntilAsync(lines, e => e.TryGetProperty("snapshotEnd", out _), patience.Token);

        using (var call = new ReportingService.ReportingServiceClient(_gateway.Channel).AppendReports(cancellationToken: patience.Token))
            await _ground.SendAsync(call, 0, _ground.Output("2004-11", 900));

        await UntilAsync(lines, e => e.TryGetProperty("observation", out var o) && o.GetProperty("period").GetString() == "2004-11" && o.GetProperty("value").GetDouble() == 9, patience.Token);
        // Silence is told from death by heartbeats, each 15 s.
        await UntilAsync(lines, e => e.TryGetProperty("heartbeat", out var h) && h.TryGetProperty("time", out _), patience.Token);
    }

    [Fact]
    public async Task An_audit_streams_its_progress_and_its_result()
    {
        using var response = await _http.PostAsync(new Uri("/v1/aggregates:audit", UriKind.Relative), Json($$"""{"name":"{{_ground.County}}"}"""));
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var last = JsonDocument.Parse(lines[^1]).RootElement;
        Assert.Equal("0", last.GetProperty("result").GetProperty("differences").GetString());
    }

    [Theory]
    [InlineData("/v1/health:watch?parents=regions/999999", HttpStatusCode.NotFound)]
    [InlineData("/v1/health:watch", HttpStatusCode.BadRequest)]
    [InlineData("/v1/regions/999999/health", HttpStatusCode.NotFound)]
    [InlineData("/v1/observations?names=regions/3205&indicators=nonsense", HttpStatusCode.BadRequest)]
    public async Task Errors_are_a_status_with_details_in_both_languages(string path, HttpStatusCode expected)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(expected, response.StatusCode);
        var status = await ReadAsync(response);
        Assert.True(status.GetProperty("code").GetInt32() > 0);
        Assert.NotEmpty(status.GetProperty("message").GetString()!);
        Assert.Contains("zh-CN", status.GetProperty("details").GetRawText(), StringComparison.Ordinal);
    }

    private async Task<OpenApiDocument> DocumentAsync()
    {
        await using var stream = await _http.GetStreamAsync(new Uri("/openapi.json", UriKind.Relative));
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        copy.Position = 0;
        var read = OpenApiDocument.Load(copy, "json");
        Assert.Equal(OpenApiSpecVersion.OpenApi3_0, read.Diagnostic!.SpecificationVersion);
        Assert.Empty(read.Diagnostic.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        return read.Document!;
    }

    /// <summary>A field with a comment wraps the type that it refers to.</summary>
    private static IOpenApiSchema Meant(IOpenApiSchema schema) => schema.AllOf is [var one] ? one : schema;

    private static List<HttpRule> Rules(MethodDescriptor method) =>
        method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is { } rule ? [rule, .. rule.AdditionalBindings] : [];

    private static string Verb(HttpRule rule) => rule.PatternCase.ToString().ToUpperInvariant();

    /// <summary>Written by hand, so that it checks what makes the document: a collection's star is its resource's name.</summary>
    private static string OpenApiPath(HttpRule rule)
    {
        var pattern = rule.Get + rule.Post + rule.Patch + rule.Put + rule.Delete;
        var open = pattern.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
            return pattern;
        var (close, equals) = (pattern.IndexOf('}', StringComparison.Ordinal), pattern.IndexOf('=', StringComparison.Ordinal));
        var names = new Dictionary<string, string>
        {
            ["regions"] = "region", ["estates"] = "estate", ["enterprises"] = "enterprise", ["bureaus"] = "bureau", ["submissions"] = "submission",
            ["reports"] = "report", ["clusters"] = "cluster", ["alertPolicies"] = "alertPolicy", ["rivalSets"] = "rivalSet", ["watches"] = "watch",
            ["clusterDefinitions"] = "clusterDefinition", ["obligationRules"] = "obligationRule", ["receipts"] = "receipt",
        };
        var segments = pattern[(equals + 1)..close].Split('/');
        for (var i = 1; i < segments.Length; i++)
            segments[i] = segments[i] == "*" ? $"{{{names[segments[i - 1]]}}}" : segments[i];
        return pattern[..open] + string.Join('/', segments) + pattern[(close + 1)..];
    }

    private static async Task UntilAsync(StreamReader lines, Func<JsonElement, bool> found, CancellationToken cancellation)
    {
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Length > 0 && found(JsonDocument.Parse(line).RootElement))
                return;
        }
        Assert.Fail("the stream ended");
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
}
