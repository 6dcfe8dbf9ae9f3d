using System.Text.RegularExpressions;
using Xunit;
using YamlDotNet.Core;

namespace ClusterPulse.SystemTests.Kubernetes;

/// <summary>The overlays are read strictly, hang together and fit the programs; and each of these checks finds a fault of its kind.
/// What the kinds' own schemas say is checked by <c>tests/kubernetes/check</c>.</summary>
public sealed class ManifestTests
{
    [Theory]
    [InlineData("demo")]
    [InlineData("production")]
    public async Task An_overlay_hangs_together_and_fits_the_programs(string overlay) => Assert.Empty(await ProblemsAsync(await Overlay.RenderAsync(overlay)));

    [Theory]
    [InlineData("minReadySeconds", "minimumReadySeconds")]
    [InlineData("readOnlyRootFilesystem", "readonlyRootFilesystem")]
    [InlineData("scaleTargetRef", "scaleTarget")]
    [InlineData("readinessProbe", "readyProbe")]
    public async Task A_field_that_there_is_not_is_found(string field, string wrong)
    {
        var text = Planted(await Overlay.TextAsync("production"), field, wrong);

        Assert.ThrowsAny<YamlException>(() => Overlay.Read("production", text));
    }

    [Theory]
    [InlineData("Deployment silo: its selector does not match", @"(matchLabels:\n      app\.kubernetes\.io/component: )silo(?=\n      app\.kubernetes\.io/name: clusterpulse\n  strategy)", "$1silos")]
    [InlineData("Deployment silo: label orleans/clusterId", "orleans/clusterId: clusterpulse", "orleans/clusterId: other")]
    [InlineData("Deployment silo: the spread over kubernetes.io/hostname", @"(labelSelector:\n          matchLabels:\n            app\.kubernetes\.io/component: )silo", "$1gateway")]
    [InlineData("an update makes it fewer", "maxUnavailable: 0", "maxUnavailable: 1")]
    [InlineData("it is not confined", "runAsNonRoot: true", "runAsNonRoot: false")]
    [InlineData("its container may do more", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false")]
    [InlineData("is whatever is newest", "clusterpulse-silo:0.1.0", "clusterpulse-silo:latest")]
    [InlineData("its memory has no limit", @"limits:\n            memory: 4Gi", "limits: {}")]
    [InlineData("its processor time is limited", @"limits:\n            memory: 4Gi", "limits:\n            cpu: 1\n            memory: 4Gi")]
    [InlineData("there is no volume tmpp", @"mountPath: /tmp\n          name: tmp", "mountPath: /tmp\n          name: tmpp")]
    [InlineData("mounted as a single file", "mountPath: /etc/clusterpulse/access", "mountPath: /etc/clusterpulse/access\n          subPath: access.json")]
    [InlineData("its readiness probe asks /livez", "path: /healthz", "path: /livez")]
    [InlineData("its liveness probe speaks HTTP", @"(livenessProbe:(?:\n .*){4}\n)            scheme: HTTPS\n", "$1")]
    [InlineData("its startup probe goes to port web", @"(startupProbe:(?:\n .*){3}\n            port: )http", "$1web")]
    [InlineData("it has no readiness probe", @"        readinessProbe:(?:\n          .*){7}\n", "")]
    [InlineData("port silo is 11112", "containerPort: 11111", "containerPort: 11112")]
    [InlineData("it is killed before its drain is over", "terminationGracePeriodSeconds: 60", "terminationGracePeriodSeconds: 30")]
    [InlineData("it stops while clients are still sent to it", @"        lifecycle:\n          preStop:\n            sleep:\n              seconds: 10\n", "")]
    [InlineData("Service gateway: Deployment gateway has no port grpcs", "targetPort: grpc", "targetPort: grpcs")]
    [InlineData("Service silo selects 0 workloads", @"(selector:\n    app\.kubernetes\.io/component: )silo", "$1nobody")]
    [InlineData("Deployment gateway has no PodDisruptionBudget", @"(kind: PodDisruptionBudget[\s\S]*?component: )gateway", "$1gate")]
    [InlineData("PodDisruptionBudget gateway does not select one workload", @"(kind: PodDisruptionBudget[\s\S]*?component: )gateway", "$1gate")]
    [InlineData("Deployment silo may talk to anybody", @"app\.kubernetes\.io/(part-of|component)(?=: (clusterpulse|silo)\n  policyTypes)", "other")]
    [InlineData("volume access is not mounted", @"        - mountPath: /etc/clusterpulse/access\n          name: access\n          readOnly: true\n", "")]
    [InlineData("NetworkPolicy silo: Deployment silo has no port silos", "port: silo\n", "port: silos\n")]
    [InlineData("leads to nobody, or to a port that there is not", "port: 30000", "port: 30001")]
    [InlineData("lets in who there is not", "(from:\n[^\n]*podSelector:\n *matchLabels:\n *)clusterpulse/calls-silos", "$1clusterpulse/calls")]
    [InlineData("there is no ServiceAccount silos", "serviceAccountName: silo", "serviceAccountName: silos")]
    [InlineData("has a token that it does not need", @"(automountServiceAccountToken: )false(?=\n      containers)", "$1true")]
    [InlineData("allows something else than reading pods", "  - watch", "  - watch\n  - delete")]
    [InlineData("there is no Role silos", @"(kind: Role\n  name: )silo", "$1silos")]
    [InlineData("there is no Secret clusterpulse-postgres with connection", "key: connection-string", "key: connection")]
    [InlineData("there is no Secret clusterpulse-tls with server.crt", "tls/tls.crt", "tls/server.crt")]
    [InlineData("there is no Secret clusterpulse-scraper with bearer", "key: token", "key: bearer")]
    [InlineData("there is no Deployment silos", @"(kind: Deployment\n    name: )silo", "$1silos")]
    [InlineData("says how many it is, and so does its scaler", "minReadySeconds: 15", "minReadySeconds: 15\n  replicas: 3")]
    [InlineData("takes the next one away before the last has drained", "stabilizationWindowSeconds: 1800", "stabilizationWindowSeconds: 30")]
    [InlineData("no silo exports clusterpulse_queue", "name: clusterpulse_commit_queue_depth", "name: clusterpulse_queue")]
    [InlineData("ServiceMonitor silo selects 0 services", @"(selector:\n    matchLabels:\n      app\.kubernetes\.io/component: )silo(?=\n      app\.kubernetes\.io/name: clusterpulse\n(---|$))", "$1silos")]
    [InlineData("nothing is served at /metrics/domains", "path: /metrics/domain", "path: /metrics/domains")]
    [InlineData("ServiceMonitor silo speaks http, Deployment silo does not", "scheme: https", "scheme: http")]
    [InlineData("rules ask for job clusterpulse-domain", "replacement: clusterpulse-domain", "replacement: domain")]
    [InlineData("alerts.rules.yml are not those that are deployed", "alert: SiloDown", "alert: SiloGone")]
    [InlineData("dashboard region.json is not deployed", "region.json: ", "regions.json: ")]
    [InlineData("the program has no option --kubernetes-mode", "- --kubernetes\n", "- --kubernetes-mode\n")]
    [InlineData("there is no variable POD_IP", @"- name: POD_IP", "- name: POD_NAME")]
    [InlineData("nothing reads DOTNET_PROCESSORS", "DOTNET_PROCESSOR_COUNT", "DOTNET_PROCESSORS")]
    public async Task A_planted_fault_is_found(string problem, string pattern, string replacement)
    {
        var text = Planted(await Overlay.TextAsync("production"), pattern, replacement);

        Assert.Contains(await ProblemsAsync(Overlay.Read("production", text)), p => p.Contains(problem, StringComparison.Ordinal));
    }

    private static string Planted(string text, string pattern, string replacement)
    {
        var planted = Regex.Replace(text, pattern, replacement, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
        Assert.True(planted != text, $"{pattern} is not there: the fault was not planted");
        return planted;
    }

    private static async Task<List<string>> ProblemsAsync(Overlay overlay) =>
    [
        .. PodChecks.Problems(overlay), .. ReferenceChecks.Problems(overlay), .. ScrapeChecks.Problems(overlay),
        .. await SettingChecks.ProblemsAsync(overlay).ToListAsync(),
    ];
}
