using System.CommandLine;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;

namespace ClusterPulse.Cli.Login;

/// <summary>Forgets the token of a server.</summary>
internal sealed class LogoutCommand : Command
{
    public LogoutCommand() : base("logout", Words.Of(
        """
        退出：删除所存令牌

        示例：clusterpulse logout
        """,
        """
        Log out: forget the token of a server

        Example: clusterpulse logout
        """))
    {
        var options = new ServerOptions(this);
        SetAction(parsed =>
        {
            var server = options.Server(parsed);
            Console.Error.WriteLine(TokenStore.OfUser().Delete(server)
                ? Words.Of($"已退出 {server}。", $"Logged out of {server}.")
                : Words.Of($"未登录 {server}。", $"Nobody is logged in to {server}."));
            return (int)ExitCode.Done;
        });
    }
}
