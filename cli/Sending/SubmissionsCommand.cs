using System.CommandLine;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Sending;

/// <summary>A command about one submission, or about all of a bureau where none is named.</summary>
internal abstract class SubmissionsCommand : ServerCommand
{
    private readonly Argument<string?> _what = new("submission")
    {
        Description = Words.Of("报送批次或文件；省略则为该机构的全部批次", "A submission or a file; without it all submissions of the bureau"),
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<int> _limit;
    private readonly BureauOption _bureau;

    protected SubmissionsCommand(string name, string description, int limit) : base(name, description)
    {
        Add(_what);
        _bureau = new(this);
        _limit = new("--limit") { Description = Words.Of("至多列出", "At most this many"), DefaultValueFactory = _ => limit };
        Add(_limit);
    }

    /// <summary>The bureau that is asked about, <c>bureaus/{bureau}</c>.</summary>
    /// <exception cref="CommandFailure">Nobody said which.</exception>
    protected string Bureau(ParseResult parsed) => _bureau.Name(parsed);

    /// <summary>At most so many lines.</summary>
    protected int Most(ParseResult parsed) => parsed.GetRequiredValue(_limit);

    /// <summary>The submission that is named; null: none is.</summary>
    protected async Task<Submission?> NamedAsync(ReportingService.ReportingServiceClient client, ParseResult parsed, CancellationToken cancellation) =>
        parsed.GetValue(_what) is { } what ? await Submissions.FindAsync(client, what, () => Bureau(parsed), cancellation) : null;
}
