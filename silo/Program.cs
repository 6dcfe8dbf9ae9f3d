using System.CommandLine;
using ClusterPulse.Access;
using ClusterPulse.Silo.Hosting;

var postgres = new Option<string?>("--postgres")
{
    Description = "Npgsql connection string of the database (default: environment variable CLUSTERPULSE_POSTGRES)",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CLUSTERPULSE_POSTGRES"),
};
var address = new Option<string>("--address") { Description = "IP address to listen on, by which other silos and gateways reach this one", DefaultValueFactory = _ => "127.0.0.1" };
var siloPort = new Option<int>("--silo-port") { Description = "Port for other silos", DefaultValueFactory = _ => 11111 };
var clientPort = new Option<int>("--client-port") { Description = "Port for gateways", DefaultValueFactory = _ => 30000 };
var httpPort = new Option<int>("--http-port") { Description = "Port for /metrics, /metrics/domain, /healthz and /livez", DefaultValueFactory = _ => 8080 };
var asOf = new Option<DateOnly?>("--as-of") { Description = "Look at history as of this day, YYYY-MM-DD, instead of today" };
var firstPeriod = new Option<string?>("--first-period") { Description = "First month that the calendar closes by itself, YYYY-MM" };
var access = new Option<string?>("--access")
{
    Description = "JSON file that says who may read the metrics (sections Access and Tls, docs/access.md); without one: callers on this machine alone",
};
var tlsCert = new Option<string?>("--tls-cert") { Description = "PEM file of the server's certificate; needed to listen on another address than loopback" };
var tlsKey = new Option<string?>("--tls-key") { Description = "PEM file of its private key" };

var kubernetes = new Option<bool>("--kubernetes")
{
    Description = "Run in a pod (POD_NAME, POD_NAMESPACE): a silo whose pod was deleted counts as dead at once (docs/kubernetes.md)",
};

var root = new RootCommand("A silo of ClusterPulse, one of many, over PostgreSQL · 产业集群实时监测")
{
    postgres, address, siloPort, clientPort, httpPort, asOf, firstPeriod, access, tlsCert, tlsKey, kubernetes,
};
root.SetAction(async (parsed, cancellation) =>
{
    if (parsed.GetValue(postgres) is not { Length: > 0 } connectionString)
    {
        await Console.Error.WriteLineAsync("No database: give --postgres or set CLUSTERPULSE_POSTGRES, for example \"Host=db;Database=clusterpulse;Username=clusterpulse\".");
        return 2;
    }
    try
    {
        return await SiloApp.RunAsync(new()
        {
            ConnectionString = connectionString,
            Address = parsed.GetValue(address)!,
            SiloPort = parsed.GetValue(siloPort),
            ClientPort = parsed.GetValue(clientPort),
            HttpPort = parsed.GetValue(httpPort),
            AsOf = parsed.GetValue(asOf),
            FirstPeriod = parsed.GetValue(firstPeriod),
            AccessFile = parsed.GetValue(access),
            TlsCertificate = parsed.GetValue(tlsCert),
            TlsKey = parsed.GetValue(tlsKey),
            Kubernetes = parsed.GetValue(kubernetes),
        }, cancellation);
    }
    catch (Exception e) when (WrongSettings.Describe(e) is { } wrong)
    {
        await Console.Error.WriteLineAsync(wrong);
        return 2;
    }
});
return await root.Parse(args).InvokeAsync();
