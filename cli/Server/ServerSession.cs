using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Output;
using Grpc.Core;

namespace ClusterPulse.Cli.Server;

/// <summary>One run of a command: whom it talks to, and where its result goes.</summary>
/// <param name="channel">Whom.</param>
/// <param name="output">Where.</param>
/// <param name="interrupt">Cancelled by Ctrl-C alone, not by --timeout.</param>
internal sealed class ServerSession(ChannelBase channel, ResultOutput output, CancellationToken interrupt)
{
    public ChannelBase Channel => channel;

    public ResultOutput Output => output;

    /// <summary>Somebody has pressed Ctrl-C.</summary>
    public bool IsInterrupted => interrupt.IsCancellationRequested;

    /// <summary>The server has begun to answer.</summary>
    public bool Heard { get; private set; }

    /// <summary>Shows the progress of a call until its last message, and gives that.</summary>
    public Task<T> FollowAsync<T>(string what, AsyncServerStreamingCall<T> call, Func<T, double> progress, CancellationToken cancellation)
        where T : class => ProgressView.ShowAsync(what, async show =>
        {
            T? last = null;
            while (await call.ResponseStream.MoveNext(cancellation))
            {
                Heard = true;
                last = call.ResponseStream.Current;
                show(progress(last));
            }
            return last ?? throw NoResult();
        });

    /// <summary>The server ended its answer without saying what came of it.</summary>
    public static CommandFailure NoResult() =>
        new(
            Words.Of("服务器未给出结果即结束应答。", "The server ended its answer without a result."),
            Words.Of("它可能是别的版本，或正在停止。请再次运行。", "It may be of another version, or stopping. Run the command again."),
            ExitCode.ServerLost);
}
