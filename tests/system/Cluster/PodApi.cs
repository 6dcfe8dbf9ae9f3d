using System.Collections.Concurrent;
using System.Threading.Channels;
using ClusterPulse.SystemTests.Support;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>Stands in for Kubernetes' API server: the pods of one namespace, with the five verbs that there are for them. It remembers
/// which of them were used.</summary>
internal sealed class PodApi(params string[] pods) : IAsyncDisposable
{
    public const string Namespace = "clusterpulse";

    private const string PathOfPods = "/api/v1/namespaces/{ns}/pods";

    private readonly ConcurrentDictionary<string, V1Pod> _pods = new(pods.Select(p => KeyValuePair.Create(p, Pod(p))));
    private readonly ConcurrentDictionary<Channel<string>, bool> _watches = [];
    private readonly ConcurrentDictionary<string, int> _verbs = [];
    private readonly TempFolder _files = new();
    private WebApplication? _app;

    /// <summary>Tells those who watch nothing of what happens: they must look for themselves.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Verbs that were used, as roles name them.</summary>
    public IEnumerable<string> Verbs => _verbs.Keys.Order(StringComparer.Ordinal);

    /// <returns>File for <c>KUBECONFIG</c>.</returns>
    public async Task<string> StartAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add($"http://{address}:0");
        _app.MapGet(PathOfPods, ListAsync);
        _app.MapGet(PathOfPods + "/{name}", (string name) => Counted("get", () => Answer(name)));
        _app.MapPatch(PathOfPods + "/{name}", (string name) => Counted("patch", () => Answer(name)));
        _app.MapDelete(PathOfPods + "/{name}", (string name) => Counted("delete", () =>
        {
            Delete(name);
            return Results.Ok();
        }));
        await _app.StartAsync();
        var file = Path.Combine(_files.Path, "kubeconfig");
        await File.WriteAllTextAsync(file, $$"""
            apiVersion: v1
            kind: Config
            current-context: test
            clusters: [{ name: test, cluster: { server: "{{_app.Urls.Single()}}" } }]
            contexts: [{ name: test, context: { cluster: test, user: silo } }]
            users: [{ name: silo, user: { token: none } }]
            """);
        return file;
    }

    /// <summary>What a pod's template sets.</summary>
    public static IReadOnlyList<(string Name, string Value)> EnvironmentOf(string pod) => [("POD_NAME", pod), ("POD_NAMESPACE", Namespace)];

    /// <summary>A pod comes.</summary>
    public void Add(string pod) => Tell("ADDED", _pods[pod] = Pod(pod));

    /// <summary>A pod goes.</summary>
    public void Delete(string pod)
    {
        if (_pods.TryRemove(pod, out var gone))
            Tell("DELETED", gone);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var watch in _watches.Keys)
            watch.Writer.TryComplete();
        if (_app is not null)
            await _app.DisposeAsync();
        _files.Dispose();
    }

    private static V1Pod Pod(string name) => new()
    {
        ApiVersion = "v1",
        Kind = "Pod",
        Metadata = new()
        {
            Name = name,
            NamespaceProperty = Namespace,
            // As in deploy/kubernetes/base/silo.yaml.
            Labels = new Dictionary<string, string> { ["orleans/serviceId"] = "clusterpulse", ["orleans/clusterId"] = "clusterpulse" },
        },
    };

    private IResult Counted(string verb, Func<IResult> answer)
    {
        _verbs.AddOrUpdate(verb, 1, (_, n) => n + 1);
        return answer();
    }

    private IResult Answer(string name) => _pods.TryGetValue(name, out var pod) ? Json(pod) : Results.NotFound();

    private static IResult Json<T>(T value) => Results.Text(KubernetesJson.Serialize(value), "application/json");

    private async Task ListAsync(HttpContext context, bool watch = false)
    {
        if (!watch)
        {
            await Counted("list", () => Json(new V1PodList { ApiVersion = "v1", Kind = "PodList", Metadata = new(), Items = [.. _pods.Values] })).ExecuteAsync(context);
            return;
        }
        _ = Counted("watch", () => Results.Ok());
        var lines = Channel.CreateUnbounded<string>();
        _watches[lines] = true;
        context.Response.ContentType = "application/json";
        await context.Response.StartAsync();
        try
        {
            await foreach (var line in lines.Reader.ReadAllAsync(context.RequestAborted))
            {
                await context.Response.WriteAsync(line + "\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The silo has gone.
        }
        finally
        {
            _watches.TryRemove(lines, out _);
        }
    }

    private void Tell(string type, V1Pod pod)
    {
        if (IsSilent)
            return;
        foreach (var watch in _watches.Keys)
            watch.Writer.TryWrite($$"""{"type":"{{type}}","object":{{KubernetesJson.Serialize(pod)}}}""");
    }
}
