using ClusterPulse.Cli.Files.Rows;
using ClusterPulse.Cli.Language;
using ClusterPulse.Cli.Server;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Sending;

/// <summary>Finds submissions by what people call them.</summary>
internal static class Submissions
{
    private const int Page = 1_000;

    /// <summary>A bureau's submissions, the newest first.</summary>
    /// <param name="client">The service.</param>
    /// <param name="bureau"><c>bureaus/{bureau}</c>.</param>
    /// <param name="most">At most this many.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<IReadOnlyList<Submission>> ListAsync(
        ReportingService.ReportingServiceClient client, string bureau, int most, CancellationToken cancellation)
    {
        var all = new List<Submission>();
        var request = new ListSubmissionsRequest { Parent = bureau };
        do
        {
            request.PageSize = Math.Clamp(most - all.Count, 1, Page);
            var page = await client.ListSubmissionsAsync(request, cancellationToken: cancellation);
            all.AddRange(page.Submissions);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0 && all.Count < most);
        return all;
    }

    /// <summary>A submission by its name, its id, or a file that was sent as it.</summary>
    /// <param name="client">The service.</param>
    /// <param name="what">Which.</param>
    /// <param name="bureau">Whose, where the name does not say it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CommandFailure">The file cannot be read, or was never sent.</exception>
    public static async Task<Submission> FindAsync(
        ReportingService.ReportingServiceClient client, string what, Func<string> bureau, CancellationToken cancellation)
    {
        if (!File.Exists(what))
            return await client.GetSubmissionAsync(new() { Name = Name(what, bureau) }, cancellationToken: cancellation);
        var sha256 = FileContent.Sha256(FileSource.Of(new(what)));
        var known = (await ListAsync(client, bureau(), int.MaxValue, cancellation)).FirstOrDefault(s => s.Sha256 == sha256)
            ?? throw new CommandFailure(
                Words.Of($"{bureau()} 从未报送过 {what}。", $"{bureau()} has never sent {what}."),
                Words.Of("文件若在报送后改动过，即为另一文件；status 不带文件可列出全部报送批次。", "A file that was changed since is another one; status without a file lists all submissions."));
        return await client.GetSubmissionAsync(new() { Name = known.Name }, cancellationToken: cancellation);
    }

    /// <summary>The full name of a submission.</summary>
    public static string Name(string what, Func<string> bureau) =>
        what.StartsWith("bureaus/", StringComparison.Ordinal) ? what : $"{bureau()}/submissions/{what}";
}
