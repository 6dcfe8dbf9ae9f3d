using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ClusterPulse.SystemTests.Support;

/// <summary>Stands before a server under an address that stays, lets everything through, and cuts all connections when it is told to.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();

    public CuttingProxy(int target)
    {
        Target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Port that new connections go to.</summary>
    public int Target { get; set; }

    /// <summary>Cuts all that are open.</summary>
    public void Cut()
    {
        foreach (var client in _open.Keys)
        {
            if (!_open.TryRemove(client, out _))
                continue;
            // No farewell: the other side gets a reset.
            client.LingerState = new(true, 0);
            client.Dispose();
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        Cut();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient near)
    {
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, Target, _stop.Token);
            _open[near] = true;
            await Task.WhenAny(
                near.GetStream().CopyToAsync(far.GetStream(), _stop.Token), far.GetStream().CopyToAsync(near.GetStream(), _stop.Token));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One side has gone, and with it the other.
        }
        _open.TryRemove(near, out _);
        near.Dispose();
    }
}
