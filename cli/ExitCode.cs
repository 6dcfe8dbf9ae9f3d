using ClusterPulse.Cli.Language;

namespace ClusterPulse.Cli;

/// <summary>What the shell is told. 64 to 77 are those of BSD's <c>sysexits.h</c>, 130 is the shell's for Ctrl-C; docs/command.md has the table for people.</summary>
internal enum ExitCode
{
    Done = 0,

    /// <summary>It was carried out, and what it looked at is not as it should be.</summary>
    Differences = 1,

    /// <summary>The server refuses it, knows no such thing, or a file cannot be read.</summary>
    NotCarriedOut = 2,

    /// <summary>It was carried out, but rows were rejected; all others are in.</summary>
    RowsRejected = 3,

    /// <summary>The arguments are wrong; nothing was begun.</summary>
    BadUsage = 64,

    /// <summary>No server answers, or it was lost on the way, or it cannot do it now: the same again may succeed.</summary>
    ServerLost = 69,

    /// <summary>The command itself failed: a fault to report.</summary>
    Fault = 70,

    /// <summary>Who asks is not known or may not.</summary>
    Denied = 77,

    /// <summary>Stopped by Ctrl-C or by SIGTERM.</summary>
    Stopped = 130,
}

/// <summary>Exit codes in words.</summary>
internal static class ExitCodeWords
{
    public static string Of(ExitCode code) => code switch
    {
        ExitCode.Done => Words.Of("完成", "done"),
        ExitCode.Differences => Words.Of("已完成，核对发现差异", "done, and an audit or a comparison found differences"),
        ExitCode.NotCarriedOut => Words.Of("未能执行：服务器拒绝，对象不存在，或文件无法读取", "not carried out: the server refuses, there is no such thing, or a file cannot be read"),
        ExitCode.RowsRejected => Words.Of("已完成，但有行被拒收", "done, but rows were rejected"),
        ExitCode.BadUsage => Words.Of("用法有误，未开始执行", "bad usage; nothing was begun"),
        ExitCode.ServerLost => Words.Of("服务器无应答、连接中断或暂时无法处理；可重试", "no server answers, it was lost on the way or cannot do it now; try again"),
        ExitCode.Fault => Words.Of("命令自身故障，请报告", "a fault of the command itself; please report it"),
        ExitCode.Denied => Words.Of("未登录或无权限", "not logged in, or not allowed"),
        ExitCode.Stopped => Words.Of("被 Ctrl-C 中止", "stopped by Ctrl-C"),
        _ => throw new ArgumentOutOfRangeException(nameof(code)),
    };
}
