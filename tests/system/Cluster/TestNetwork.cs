using System.Diagnostics;
using System.Globalization;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>
/// Several hosts on one machine: a hub namespace with a bridge, where the database and the gateways live, and a namespace for
/// each silo. The test itself reaches all of them through one pair of interfaces. Nothing listens outside of these namespaces.
/// Wants root.
/// </summary>
internal sealed class TestNetwork : IAsyncDisposable
{
    private const string Prefix = "10.77.77.";
    private const string HostLink = "cp-host";
    private readonly int _silos;

    private TestNetwork(int silos) => _silos = silos;

    public const string Hub = "cp-hub";

    public const string HubAddress = Prefix + "1";

    /// <summary>Where the processes of these namespaces reach the test itself.</summary>
    public const string HostAddress = Prefix + "254";

    public static string Silo(int silo) => string.Create(CultureInfo.InvariantCulture, $"cp-silo{silo}");

    public static string SiloAddress(int silo) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{10 + silo}");

    public static async Task<TestNetwork> CreateAsync(int silos)
    {
        var network = new TestNetwork(silos);
        // What a run that was killed has left behind.
        await network.RemoveAsync();
        await IpAsync($"netns add {Hub}");
        await InAsync(Hub, "ip link add br0 type bridge");
        await InAsync(Hub, "ip link set br0 up");
        await InAsync(Hub, "ip link set lo up");
        await InAsync(Hub, $"ip addr add {HubAddress}/24 dev br0");
        await LinkAsync(HostLink, "host", null, HostAddress);
        for (var silo = 0; silo < silos; silo++)
        {
            await IpAsync($"netns add {Silo(silo)}");
            await InAsync(Silo(silo), "ip link set lo up");
            await LinkAsync("eth0", string.Create(CultureInfo.InvariantCulture, $"silo{silo}"), Silo(silo), SiloAddress(silo));
        }
        return network;
    }

    /// <summary>Drops everything between a silo and the other silos.</summary>
    public async Task CutPeersAsync(int silo)
    {
        var peers = string.Join(", ", Enumerable.Range(0, _silos).Where(s => s != silo).Select(SiloAddress));
        await TableAsync(silo);
        await InAsync(Silo(silo), $"nft add rule inet cut in ip saddr {{ {peers} }} drop");
        await InAsync(Silo(silo), $"nft add rule inet cut out ip daddr {{ {peers} }} drop");
    }

    /// <summary>Drops everything between a silo and the database.</summary>
    public static async Task CutDatabaseAsync(int silo, int port)
    {
        await TableAsync(silo);
        await InAsync(Silo(silo), string.Create(CultureInfo.InvariantCulture, $"nft add rule inet cut in tcp sport {port} drop"));
        await InAsync(Silo(silo), string.Create(CultureInfo.InvariantCulture, $"nft add rule inet cut out tcp dport {port} drop"));
    }

    /// <summary>Lets everything through again.</summary>
    public static Task HealAsync(int silo) => InAsync(Silo(silo), "nft delete table inet cut");

    public async ValueTask DisposeAsync() => await RemoveAsync();

    /// <summary>A command in a namespace.</summary>
    public static ProcessStartInfo In(string name, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("ip") { ArgumentList = { "netns", "exec", name, program } };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    private static async Task TableAsync(int silo)
    {
        await InAsync(Silo(silo), "nft add table inet cut");
        await InAsync(Silo(silo), "nft add chain inet cut in { type filter hook input priority 0 ; }");
        await InAsync(Silo(silo), "nft add chain inet cut out { type filter hook output priority 0 ; }");
    }

    private static async Task LinkAsync(string inside, string outside, string? name, string address)
    {
        await InAsync(Hub, $"ip link add {outside} type veth peer name {outside}-p");
        await InAsync(Hub, $"ip link set {outside}-p netns {name ?? "1"}");
        await InAsync(Hub, $"ip link set {outside} master br0");
        await InAsync(Hub, $"ip link set {outside} up");
        await InAsync(name, $"ip link set {outside}-p name {inside}");
        await InAsync(name, $"ip addr add {address}/24 dev {inside}");
        await InAsync(name, $"ip link set {inside} up");
    }

    private async Task RemoveAsync()
    {
        await RunAsync("ip", ["link", "delete", HostLink], mayFail: true);
        foreach (var name in (string[])[Hub, .. Enumerable.Range(0, Math.Max(_silos, 8)).Select(Silo)])
        {
            // A namespace that is deleted lives on while a process is in it.
            await RunAsync("sh", ["-c", $"ip netns pids {name} | xargs -r kill -9"], mayFail: true);
            await RunAsync("ip", ["netns", "delete", name], mayFail: true);
        }
    }

    private static Task IpAsync(string arguments) => RunAsync("ip", arguments.Split(' '));

    private static Task InAsync(string? name, string command)
    {
        var words = command.Split(' ');
        return name is null ? RunAsync(words[0], words[1..]) : RunAsync("ip", ["netns", "exec", name, .. words]);
    }

    private static async Task RunAsync(string program, IEnumerable<string> arguments, bool mayFail = false)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0 && !mayFail)
            throw new InvalidOperationException($"{program} {string.Join(' ', start.ArgumentList)}: {error}");
    }
}
