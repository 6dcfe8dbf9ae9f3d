using System.CommandLine;
using ClusterPulse.Cli.Files;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;

namespace ClusterPulse.Cli.Sending;

/// <summary>Which bureau speaks.</summary>
internal sealed class BureauOption
{
    private const string Variable = "CLUSTERPULSE_BUREAU";
    private const string Prefix = "bureaus/";

    private readonly Option<string> _bureau = new("--bureau", "-b")
    {
        Description = Words.Of($"报送机构，如 3205；也可由环境变量 {Variable} 给出", $"Who reports, such as 3205; also taken from the environment variable {Variable}"),
        HelpName = Words.Of("机构", "bureau"),
    };

    public BureauOption(Command command) => command.Add(_bureau);

    /// <summary><c>bureaus/{bureau}</c>.</summary>
    /// <exception cref="CommandFailure">Nobody said which.</exception>
    public string Name(ParseResult parsed)
    {
        var bureau = parsed.GetValue(_bureau) ?? Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(bureau))
        {
            throw CommandFailure.Usage(
                Words.Of("须以 --bureau 指明报送机构。", "--bureau must say who reports."),
                Words.Of($"例如 --bureau 3205，或设置环境变量 {Variable}。", $"For example --bureau 3205, or set the environment variable {Variable}."));
        }
        return Full(bureau);
    }

    /// <summary><c>bureaus/{bureau}</c> of a name or of the bureau alone.</summary>
    public static string Full(string bureau) => bureau.StartsWith(Prefix, StringComparison.Ordinal) ? bureau : Prefix + bureau;
}

/// <summary>How files are sent.</summary>
internal sealed class SendOptions
{
    /// <summary>Where nobody watches, a send that makes no progress ends one day.</summary>
    private static readonly TimeSpan Unwatched = TimeSpan.FromMinutes(15);

    private readonly ReadingOptions _reading = new();
    private readonly Option<FileInfo?> _rejects = new("--rejects") { Description = Words.Of("将拒收的行及原因写入此文件，改正后可再报送", "Write rejected rows with the reasons to this file: mended, it can be sent") };
    private readonly Option<bool> _backfill = new("--backfill") { Description = Words.Of("补报历史：由最早月份起报送", "History: the oldest month is sent first") };
    private readonly Option<bool> _again = new("--again") { Description = Words.Of("该文件曾报送并撤回，现重新报送", "Send a file again that was sent and withdrawn") };
    private readonly Option<string> _reason = new("--reason")
    {
        Description = Words.Of("文件要求撤回报表时的理由", "Why reports are taken back, where the file says so"),
        DefaultValueFactory = _ => "",
    };

    private readonly Option<double?> _giveUp = new("--give-up-after")
    {
        Description = Words.Of(
            $"多少分钟毫无进展后放弃；在终端上默认不放弃，否则 {Unwatched.TotalMinutes:0} 分钟",
            $"Minutes without any progress until it gives up; on a terminal never unless given, elsewhere {Unwatched.TotalMinutes:0}"),
        HelpName = Words.Of("分钟", "minutes"),
    };

    public SendOptions(Command command)
    {
        _giveUp.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<double?>() is not (null or (> 0 and <= 1_000_000)))
            {
                result.AddError(Words.Of(
                    $"--give-up-after 为 {result.Tokens[^1].Value}，但须是大于 0 且至多 1000000 的分钟数。",
                    $"--give-up-after is {result.Tokens[^1].Value}, but it is a number of minutes above 0, at most 1000000."));
            }
        });
        _reading.AddTo(command);
        foreach (var option in new Option[] { _rejects, _backfill, _again, _reason, _giveUp })
            command.Add(option);
    }

    /// <exception cref="CommandFailure">The file or its mapping cannot be read.</exception>
    public SendFile Open(FileInfo file, ParseResult parsed) => new(file, () => _reading.Open(file, parsed), parsed.GetValue(_backfill));

    public FileInfo? Rejects(ParseResult parsed) => parsed.GetValue(_rejects);

    public bool IsAgain(ParseResult parsed) => parsed.GetValue(_again);

    public string Reason(ParseResult parsed, string file) => parsed.GetRequiredValue(_reason) is { Length: > 0 } reason ? reason : $"{file}: ACTION D";

    public SendPatience Patience(ParseResult parsed) => new()
    {
        GiveUpAfter = parsed.GetValue(_giveUp) is { } minutes ? TimeSpan.FromMinutes(minutes) : SendDisplay.IsWatched ? null : Unwatched,
    };
}
