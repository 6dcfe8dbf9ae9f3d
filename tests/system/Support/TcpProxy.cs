using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClusterPulse.SystemTests.Support;

/// <summary>Stands between a client and the database and, once told to, lets the next COMMIT through but keeps its answer, and
/// after a while cuts the connection: the client cannot know whether it was committed.</summary>
internal sealed class TcpProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly CancellationTokenSource _stop = new();
    private TimeSpan? _holdNextCommit;
    private bool _dropNextCommit;

    public TcpProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>COMMITs whose answers were kept, or that were dropped.</summary>
    public int Held { get; private set; }

    /// <summary>The next COMMIT reaches the database, its answer does not come back, and the connection is cut after the time.</summary>
    public void HoldNextCommit(TimeSpan time) => _holdNextCommit = time;

    /// <summary>The next COMMIT does not even reach the database; the connection is cut at once.</summary>
    public void DropNextCommit() => _dropNextCommit = true;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
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

    private async Task ServeAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target, cut.Token);
            var held = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
            var there = ForwardAsync(near.GetStream(), far.GetStream(), held, cut.Token);
            var back = BackAsync(far.GetStream(), near.GetStream(), held.Task, cut.Token);
            await await Task.WhenAny(there, back);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side has gone, and with it the other.
        }
        await cut.CancelAsync();
    }

    private async Task ForwardAsync(NetworkStream from, NetworkStream to, TaskCompletionSource<TimeSpan> held, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await from.ReadAsync(buffer, cancellation)) > 0)
        {
            var isCommit = (_holdNextCommit is not null || _dropNextCommit)
                && Encoding.ASCII.GetString(buffer, 0, count).Contains("COMMIT\0", StringComparison.Ordinal);
            if (isCommit && _dropNextCommit)
            {
                (_dropNextCommit, Held) = (false, Held + 1);
                return;
            }
            if (isCommit && _holdNextCommit is { } time)
            {
                (_holdNextCommit, Held) = (null, Held + 1);
                held.SetResult(time);
            }
            await to.WriteAsync(buffer.AsMemory(0, count), cancellation);
        }
    }

    private static async Task BackAsync(NetworkStream from, NetworkStream to, Task<TimeSpan> held, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await from.ReadAsync(buffer, cancellation)) > 0)
        {
            if (held.IsCompleted)
            {
                await Task.Delay(await held, cancellation);
                return;
            }
            await to.WriteAsync(buffer.AsMemory(0, count), cancellation);
        }
    }
}
