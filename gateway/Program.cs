using System.CommandLine;
using ClusterPulse.Access;
using ClusterPulse.Demo;
using ClusterPulse.Gateway.AllInOne;
using ClusterPulse.Gateway.Cluster;
using ClusterPulse.Gateway.Demo;

var demo = new Option<bool>("--demo")
{
    Description = "Stream the demo (the paper's cases, 2003 and 2004) in, print the health of each place and the cases side by side, and go on serving",
};
var cases = new Option<DemoCases>("--demo-cases")
{
    Description = "With --demo: the cases to stream in, separated by commas",
    DefaultValueFactory = _ => DemoCases.All,
    CustomParser = DemoCommand.ParseCases,
};
var exit = new Option<bool>("--exit") { Description = "With --demo: end after the table" };
var data = new Option<string?>("--data") { Description = "Folder of the store (default: clusterpulse-data, with --demo clusterpulse-data/demo)" };
var grpcPort = new Option<int>("--grpc-port") { Description = "Loopback port for gRPC", DefaultValueFactory = _ => 5001 };
var httpPort = new Option<int>("--http-port") { Description = "Loopback port for JSON, metrics and health", DefaultValueFactory = _ => 5000 };
var asOf = new Option<DateOnly?>("--as-of") { Description = "Look at history as of this day, YYYY-MM-DD, instead of today" };

var postgres = new Option<string?>("--postgres")
{
    Description = "Be a gateway of a cluster: connection string of its database (default: environment variable CLUSTERPULSE_POSTGRES)",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CLUSTERPULSE_POSTGRES"),
};
var address = new Option<string>("--address") { Description = "With --postgres: IP address to listen on", DefaultValueFactory = _ => "127.0.0.1" };
var access = new Option<string?>("--access")
{
    Description = "JSON file that says who may call (sections Access and Tls, docs/access.md); without one: callers on this machine alone",
};
var localIssuer = new Option<bool>("--local-issuer") { Description = "Without --postgres: ask callers who they are, and be the OpenID provider that tells, for trials of clusterpulse login" };
var tlsCert = new Option<string?>("--tls-cert") { Description = "PEM file of the server's certificate; needed to listen on another address than loopback" };
var tlsKey = new Option<string?>("--tls-key") { Description = "PEM file of its private key" };

var root = new RootCommand("ClusterPulse: all in one process with the embedded store, or with --postgres the gateway of a cluster · 产业集群实时监测")
{
    demo, cases, exit, data, grpcPort, httpPort, asOf, postgres, address, access, localIssuer, tlsCert, tlsKey,
    CopyCommands.BackUp(data), CopyCommands.Restore(data),
};
root.SetAction(async (parsed, cancellation) =>
{
    try
    {
        return await RunAsync(parsed, cancellation);
    }
    catch (Exception e) when (WrongSettings.Describe(e) is { } wrong)
    {
        await Console.Error.WriteLineAsync(wrong);
        return 2;
    }
});
return await root.Parse(args).InvokeAsync();

async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
{
    if (parsed.GetValue(postgres) is { Length: > 0 } connectionString)
    {
        var cluster = new ClusterGatewayOptions
        {
            ConnectionString = connectionString,
            Address = parsed.GetValue(address)!,
            GrpcPort = parsed.GetValue(grpcPort),
            HttpPort = parsed.GetValue(httpPort),
            AsOf = parsed.GetValue(asOf),
            AccessFile = parsed.GetValue(access),
            TlsCertificate = parsed.GetValue(tlsCert),
            TlsKey = parsed.GetValue(tlsKey),
        };
        return parsed.GetValue(demo)
            ? await DemoCommand.RunAsync(cluster, parsed.GetValue(cases), parsed.GetValue(exit), cancellation)
            : await ServeClusterAsync(cluster, cancellation);
    }
    var isDemo = parsed.GetValue(demo);
    var options = new AllInOneOptions
    {
        Data = parsed.GetValue(data) ?? (isDemo ? Path.Combine("clusterpulse-data", "demo") : "clusterpulse-data"),
        GrpcPort = parsed.GetValue(grpcPort),
        HttpPort = parsed.GetValue(httpPort),
        AsOf = parsed.GetValue(asOf),
        LocalIssuer = parsed.GetValue(localIssuer),
        AccessFile = parsed.GetValue(access),
        TlsCertificate = parsed.GetValue(tlsCert),
        TlsKey = parsed.GetValue(tlsKey),
    };
    return isDemo
        ? await DemoCommand.RunAsync(options, parsed.GetValue(cases), parsed.GetValue(exit), cancellation)
        : await ServeAsync(options, cancellation);
}

static async Task<int> ServeAsync(AllInOneOptions options, CancellationToken cancellation)
{
    await using var app = AllInOneApp.Build(options);
    await app.StartAsync(cancellation);
    await Console.Out.WriteLineAsync(
        $"ClusterPulse serves gRPC on 127.0.0.1:{options.GrpcPort}, HTTP on 127.0.0.1:{options.HttpPort} (/metrics, /metrics/domain, /healthz); store in {options.Data}");
    await app.WaitForShutdownAsync(cancellation);
    return 0;
}

static async Task<int> ServeClusterAsync(ClusterGatewayOptions options, CancellationToken cancellation)
{
    await using var app = ClusterGatewayApp.Build(options);
    await app.StartAsync(cancellation);
    await Console.Out.WriteLineAsync(
        $"ClusterPulse gateway serves gRPC on {options.Address}:{options.GrpcPort}, HTTP on {options.Address}:{options.HttpPort} (/metrics, /healthz)");
    await app.WaitForShutdownAsync(cancellation);
    return 0;
}
